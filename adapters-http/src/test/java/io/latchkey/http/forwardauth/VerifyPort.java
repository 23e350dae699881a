package io.latchkey.http.forwardauth;

import io.latchkey.http.RunningServer;

/** The port of a listener for verdicts, for tests of other packages. */
public final class VerifyPort {
    private VerifyPort() {}

    public static int of(RunningServer server) {
        return server.bean(VerifyServer.class).port();
    }
}
