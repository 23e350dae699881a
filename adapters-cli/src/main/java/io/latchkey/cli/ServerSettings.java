package io.latchkey.cli;

/** What a server needs to know before it starts. */
record ServerSettings(
        Location.Local location,
        BindAddress bind,
        RemoteBootstrap remoteBootstrap,
        AccessSettings access,
        GuardSettings guard,
        Logging logging) {
    /** Whether the first operator token may be created from another machine. */
    enum RemoteBootstrap {
        REFUSED,
        ALLOWED
    }
}
