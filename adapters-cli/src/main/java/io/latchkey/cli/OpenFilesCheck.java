package io.latchkey.cli;

/** Checks that a server started from here may open enough files and connections at once. */
final class OpenFilesCheck {
    private static final String SUBJECT = "files";

    private OpenFilesCheck() {}

    static Finding finding(OpenFiles limit) {
        return limit.most() >= OpenFiles.ENOUGH
                ? Finding.good(SUBJECT, "enough may be open at once for a server")
                : Finding.bad(
                        SUBJECT,
                        "no more than " + limit.most() + " may be open at once, connections included",
                        "start the server with ulimit -n " + OpenFiles.ENOUGH + " or more, or LimitNOFILE in its unit");
    }
}
