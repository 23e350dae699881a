package io.latchkey.application.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Periods without gaps, for plots. */
public final class UseSeries {
    private UseSeries() {}

    /**
     * The counts of each of the last periods, the oldest first; zero for a period that is not given.
     *
     * @param count number of periods, the one that contains {@code now} included
     */
    public static List<PeriodUse> dense(List<PeriodUse> given, UsePeriod period, int count, Instant now) {
        Map<Instant, PeriodUse> byStart = new HashMap<>();
        given.forEach(one -> byStart.put(one.start(), one));
        List<PeriodUse> all = new ArrayList<>(count);
        long newest = period.number(now);
        for (long number = newest - count + 1; number <= newest; number++) {
            Instant start = period.start(number);
            all.add(byStart.getOrDefault(start, new PeriodUse(start, UseCounts.NONE)));
        }
        return Collections.unmodifiableList(all);
    }
}
