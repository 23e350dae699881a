package io.latchkey.cli;

/**
 * Commands run one after the other, for a virtual machine that watches and remembers which classes they take.
 *
 * <p>Run when Latchkey is packaged, never by its users.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Each argument is a command line, with spaces between its words. */
    static void main(String[] lines) {
        StandardOutput out = new StandardOutput();
        Environment environment = Environment.ofProcess(out);
        for (String line : lines) {
            Main.run(environment, new Assembly(), line.isEmpty() ? new String[0] : line.split(" "));
        }
        Runtime.getRuntime().halt(0);
    }
}
