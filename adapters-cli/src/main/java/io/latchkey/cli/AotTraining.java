package io.latchkey.cli;

import io.latchkey.cli.terminal.CheckedOutput;
import io.latchkey.cli.terminal.Environment;

/**
 * Runs several commands in one process, so that the virtual machine records which classes they load.
 *
 * <p>Run when Latchkey is packaged, never by its users.
 */
final class AotTraining {
    private AotTraining() {}

    /**
     * Each argument is one command line, its words separated by spaces; {@code >} at its end means that output goes
     * to a terminal.
     */
    static void main(String[] lines) {
        CheckedOutput out = new CheckedOutput();
        Environment piped = Environment.ofProcess(out);
        Environment onTerminal = new Environment(piped.variables(), piped.in(), piped.out(), piped.err(), () -> true);
        for (String line : lines) {
            String words = line.replaceFirst(" >$", "");
            Main.run(
                    words.equals(line) ? piped : onTerminal,
                    new Assembly(),
                    words.isEmpty() ? new String[0] : words.split(" "));
        }
        Runtime.getRuntime().halt(0);
    }
}
