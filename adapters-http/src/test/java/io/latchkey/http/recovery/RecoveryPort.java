package io.latchkey.http.recovery;

import io.latchkey.http.RunningServer;

/** The port on which a server listens for recovery. */
public final class RecoveryPort {
    private RecoveryPort() {}

    public static int of(RunningServer server) {
        return server.bean(RecoveryServer.class).listener().address().getPort();
    }
}
