package io.latchkey.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class ManualClock implements InstantSource {
    private Instant now = Instant.parse("2026-03-01T12:00:00.123Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves it forward, or back by a negative span. */
    public synchronized void advance(Duration span) {
        now = now.plus(span);
    }
}
