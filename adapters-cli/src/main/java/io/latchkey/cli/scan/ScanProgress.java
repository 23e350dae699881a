package io.latchkey.cli.scan;

import io.latchkey.cli.terminal.Environment;

/** How far a scan is, on the last line of a terminal; nothing at all where nobody looks. */
final class ScanProgress {
    private static final long STEP = 64L << 20;
    private static final String CLEARED = "\r\u001b[K";

    private final Environment environment;
    private long bytes;
    private long shown;

    ScanProgress(Environment environment) {
        this.environment = environment;
    }

    /** So many more bytes were read. */
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

    /** Takes it away again. */
    void end() {
        if (shown > 0 && environment.terminal().getAsBoolean()) {
            environment.err().print(CLEARED);
            environment.err().flush();
        }
    }
}
