package io.latchkey.cli.doctor;

import io.latchkey.cli.terminal.OpenFileLimit;

/** Checks that a server started from here may open enough files and connections at once. */
final class OpenFilesCheck {
    private static final String SUBJECT = "files";

    private OpenFilesCheck() {}

    static CheckResult finding(OpenFileLimit limit) {
        return limit.most() >= OpenFileLimit.ENOUGH
                ? CheckResult.good(SUBJECT, "enough for a server")
                : CheckResult.bad(
                        SUBJECT,
                        "at most " + limit.most() + " files may be open at once, including connections",
                        "start the server with ulimit -n " + OpenFileLimit.ENOUGH
                                + " or more, or LimitNOFILE in its unit");
    }
}
