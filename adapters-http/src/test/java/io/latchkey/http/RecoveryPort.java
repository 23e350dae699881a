package io.latchkey.http;

/** The port on which a server listens for recovery. */
final class RecoveryPort {
    private RecoveryPort() {}

    static int of(RunningServer server) {
        return server.bean(Recovery.class).listener().address().getPort();
    }
}
