package io.latchkey.cli;

import io.latchkey.cli.terminal.CheckedOutput;
import io.latchkey.cli.terminal.Environment;

/**
 * Commands run one after the other, for a virtual machine that watches and remembers which classes they take.
 *
 * <p>Run when Latchkey is packaged, never by its users.
 */
final class AotTraining {
    private AotTraining() {}

    /** Each argument is a command line, with spaces between its words, and {@code >} at its end to be looked at. */
    static void main(String[] lines) {
        CheckedOutput out = new CheckedOutput();
        Environment piped = Environment.ofProcess(out);
        Environment lookedAt = new Environment(piped.variables(), piped.in(), piped.out(), piped.err(), () -> true);
        for (String line : lines) {
            String words = line.replaceFirst(" >$", "");
            Main.run(
                    words.equals(line) ? piped : lookedAt,
                    new Assembly(),
                    words.isEmpty() ? new String[0] : words.split(" "));
        }
        Runtime.getRuntime().halt(0);
    }
}
