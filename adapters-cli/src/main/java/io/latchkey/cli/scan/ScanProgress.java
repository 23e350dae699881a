package io.latchkey.cli.scan;

import io.latchkey.cli.terminal.Environment;

/** Shows the progress of a scan on the last line of a terminal. */
final class ScanProgress {
    private static final long STEP = 64L << 20;
    private static final String CLEARED = "\r\u001b[K";

    private final Environment environment;
    private long bytes;
    private long shown;

    ScanProgress(Environment environment) {
        this.environment = environment;
    }

    /** Adds a number of bytes that were read. */
    void read(int more) {
        bytes += more;
        if (bytes - shown >= STEP) {
            if (environment.terminal().getAsBoolean()) {
                environment.err().print(CLEARED + "searched " + (bytes >> 20) + " MiB");
                environment.err().flush();
            }
            shown = bytes;
        }
    }

    /** Clears the line. */
    void end() {
        if (shown > 0 && environment.terminal().getAsBoolean()) {
            environment.err().print(CLEARED);
            environment.err().flush();
        }
    }
}
