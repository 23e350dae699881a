package io.latchkey.application;

import java.time.Instant;
import java.util.Optional;

/** When a backup was last made by this process. */
final class LastBackup {
    private volatile Optional<Instant> at = Optional.empty();

    void made(Instant now) {
        at = Optional.of(now);
    }

    /** Empty if none was made since the process began. */
    Optional<Instant> at() {
        return at;
    }
}
