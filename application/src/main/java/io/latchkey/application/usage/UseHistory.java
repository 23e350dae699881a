package io.latchkey.application.usage;

import java.time.Instant;
import java.util.List;

/**
 * The uses of a token over time.
 *
 * @param asOf when it was read
 * @param days the days with uses or refusals among the last {@link UsePeriod#kept}, the oldest first
 * @param hours the same for hours
 */
public record UseHistory(Instant asOf, List<PeriodUse> days, List<PeriodUse> hours) {
    public UseHistory {
        days = List.copyOf(days);
        hours = List.copyOf(hours);
    }

    /** The counts of each of the last days, the oldest first, also of those without uses. */
    public List<PeriodUse> everyDay() {
        return UseSeries.dense(days, UsePeriod.DAY, UsePeriod.DAY.kept(), asOf);
    }

    /** The counts of each of the last hours, the oldest first, also of those without uses. */
    public List<PeriodUse> everyHour() {
        return UseSeries.dense(hours, UsePeriod.HOUR, UsePeriod.HOUR.kept(), asOf);
    }
}
