package io.latchkey.cli;

/** Exit codes of every command. */
final class ExitCode {
    /** The command succeeded. */
    static final int OK = 0;

    /** The command was refused or failed. */
    static final int FAILED = 1;

    /** The command line was wrong. */
    static final int USAGE_ERROR = 2;

    /** The command succeeded and found what should not exist, such as a leaked or an expiring token. */
    static final int FINDINGS = 3;

    private ExitCode() {}
}
