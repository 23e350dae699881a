package io.latchkey.http.console;

import io.latchkey.application.usage.MinuteVerdicts;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UseHistory;
import java.util.List;
import java.util.stream.Stream;

/** The plots of the console. */
final class Plots {
    private static final List<String> REASONS =
            List.of("Expired", "Disabled", "Former secret", "Not valid yet", "Wrong address", "Wrong request");

    private Plots() {}

    /** The uses of a token on each of the last days. */
    static Plot days(UseHistory history) {
        return new Plot("day", history.everyDay().size() + " days", Plot.DAYS, REASONS, bars(history.everyDay()));
    }

    /** Those in each of the last hours. */
    static Plot hours(UseHistory history) {
        return new Plot("hour", history.everyHour().size() + " hours", Plot.HOURS, REASONS, bars(history.everyHour()));
    }

    /** The verdicts of the server in each of the last minutes. */
    static Plot minutes(List<MinuteVerdicts> minutes) {
        return new Plot(
                "minute",
                minutes.size() + " minutes",
                Plot.MINUTES,
                Stream.concat(Stream.of("Unknown"), REASONS.stream()).toList(),
                minutes.stream()
                        .map(minute -> new Plot.Bar(
                                minute.start(),
                                minute.counts().accepted(),
                                Stream.concat(Stream.of(minute.unknown()), refusals(minute.counts()))
                                        .toList(),
                                minute.unavailable()))
                        .toList());
    }

    private static List<Plot.Bar> bars(List<PeriodUse> periods) {
        return periods.stream()
                .map(period -> new Plot.Bar(
                        period.start(),
                        period.counts().accepted(),
                        refusals(period.counts()).toList(),
                        0))
                .toList();
    }

    /** In the order of {@link #REASONS}. */
    private static Stream<Long> refusals(UseCounts counts) {
        return Stream.of(
                counts.expired(),
                counts.disabled(),
                counts.retired(),
                counts.notYet(),
                counts.origin(),
                counts.route());
    }
}
