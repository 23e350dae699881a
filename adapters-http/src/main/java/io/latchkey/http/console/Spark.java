package io.latchkey.http.console;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.application.usage.UseSeries;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The uses of a token on the last 30 days as a line, in few bytes, because a page has many.
 *
 * @param days the oldest first, without gaps
 */
record Spark(List<PeriodUse> days) {
    /** The number of days. */
    static final int DAYS = 30;

    /** The size of the picture, as in {@code viewBox}. */
    static final String BOX = "0 -1 58 11";

    private static final int HEIGHT = 9;

    static Spark of(List<PeriodUse> given, Instant now) {
        return new Spark(UseSeries.dense(given, UsePeriod.DAY, DAYS, now));
    }

    private UseCounts sum() {
        return days.stream().map(PeriodUse::counts).reduce(UseCounts.NONE, UseCounts::and);
    }

    boolean isFlat() {
        return sum().accepted() == 0;
    }

    /** The line: a point for each day, relative to the one before it. */
    String path() {
        long most = Math.max(
                1, days.stream().mapToLong(day -> day.counts().accepted()).max().orElse(1));
        StringBuilder path = new StringBuilder();
        int last = 0;
        for (PeriodUse day : days) {
            int height = (int) Math.ceil((double) day.counts().accepted() / most * HEIGHT);
            int down = last - height;
            if (path.isEmpty()) {
                path.append("M0 ").append(HEIGHT - height).append('l');
            } else {
                path.append('2').append(down < 0 ? "" : " ").append(down);
                path.append(' ');
            }
            last = height;
        }
        return path.toString().stripTrailing();
    }

    String label() {
        return String.format(Locale.ENGLISH, "%,d in %d days", sum().accepted(), DAYS);
    }
}
