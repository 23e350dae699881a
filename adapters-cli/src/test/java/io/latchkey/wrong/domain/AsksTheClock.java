package io.latchkey.wrong.domain;

import java.time.Instant;

/** Breaks the rule that time is given. */
final class AsksTheClock {
    Instant when() {
        return Instant.now();
    }
}
