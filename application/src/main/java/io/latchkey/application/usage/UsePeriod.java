package io.latchkey.application.usage;

import java.time.Duration;
import java.time.Instant;

/** A time over which uses are counted; begins at a full hour or at midnight in UTC. */
public enum UsePeriod {
    /** Kept for 48 hours, the current one included. */
    HOUR(Duration.ofHours(1), 48),
    /** Kept for 90 days, the current one included. */
    DAY(Duration.ofDays(1), 90);

    private final Duration length;
    private final int kept;

    UsePeriod(Duration length, int kept) {
        this.length = length;
        this.kept = kept;
    }

    /** The length of one period. */
    public Duration length() {
        return length;
    }

    /** The number of periods that are kept, the current one included. */
    public int kept() {
        return kept;
    }

    /** The number of the period that contains a time, counted from 1970. */
    public long number(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), length.toSeconds());
    }

    /** The beginning of the period with that number. */
    public Instant start(long number) {
        return Instant.ofEpochSecond(number * length.toSeconds());
    }

    /** The beginning of the period that contains a time. */
    public Instant start(Instant time) {
        return start(number(time));
    }

    /** The beginning of the oldest of some periods, the last of which contains a time. */
    public Instant first(int periods, Instant now) {
        return start(number(now) - periods + 1);
    }

    /** The beginning of the oldest period that is kept at a time. */
    public Instant oldest(Instant now) {
        return first(kept, now);
    }
}
