package io.latchkey.http.monitoring;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** UUIDs that are ordered by time: 48 bits of time in milliseconds, the rest random (RFC 9562, section 5.7). */
@Singleton
final class UuidV7 {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final SecureRandom random;

    UuidV7(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new UUID. */
    UUID next() {
        return new UUID(
                (clock.millis() << 16) | VERSION | (random.nextLong() & 0xFFFL), VARIANT | (random.nextLong() >>> 2));
    }
}
