package io.latchkey.http.recovery;

import io.latchkey.http.RunningServer;

/** The port of the recovery listener of a server. */
public final class RecoveryPort {
    private RecoveryPort() {}

    public static int of(RunningServer server) {
        return server.bean(RecoveryServer.class).listener().address().getPort();
    }
}
