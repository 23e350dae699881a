package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * Times relative to now, for people: {@code in 9 days}, {@code 3 min ago}, {@code now}.
 *
 * <p>Rounded to the nearest unit, in the smallest unit that keeps the number short: a token created a second ago for 90
 * days expires in 90 days. Not exact, so never for programs.
 */
public final class RelativeTime {
    private RelativeTime() {}

    /** A time relative to another. */
    public static String of(Instant moment, Instant now) {
        Duration span = Duration.between(now, moment).abs();
        for (Unit unit : Unit.values()) {
            long count = span.plus(unit.length.dividedBy(2)).dividedBy(unit.length);
            if (count < unit.tooMany) {
                String text = count + " " + unit.name;
                return count == 0 ? "now" : moment.isAfter(now) ? "in " + text : text + " ago";
            }
        }
        throw new IllegalStateException("there is no end to years");
    }

    /**
     * Those that {@link HumanDuration} reads, as long as there; none is ever counted once that the one before
     * counts.
     */
    private enum Unit {
        SECOND(Duration.ofSeconds(1), 60, "s"),
        MINUTE(Duration.ofMinutes(1), 60, "min"),
        HOUR(Duration.ofHours(1), 48, "h"),
        DAY(Duration.ofDays(1), 61, "days"),
        MONTH(Duration.ofSeconds(2_630_016), 24, "months"),
        YEAR(Duration.ofHours(8766), Long.MAX_VALUE, "years");

        private final Duration length;
        private final long tooMany;
        private final String name;

        Unit(Duration length, long tooMany, String name) {
            this.length = length;
            this.tooMany = tooMany;
            this.name = name;
        }
    }
}
