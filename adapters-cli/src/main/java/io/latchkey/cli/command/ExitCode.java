package io.latchkey.cli.command;

/** Exit codes of every command. */
public final class ExitCode {
    /** The command succeeded. */
    public static final int OK = 0;

    /** The command was refused or failed. */
    public static final int FAILED = 1;

    /** The command line was wrong. */
    public static final int USAGE_ERROR = 2;

    /** The command succeeded and found what should not exist, such as a leaked or an expiring token. */
    public static final int FINDINGS = 3;

    private ExitCode() {}
}
