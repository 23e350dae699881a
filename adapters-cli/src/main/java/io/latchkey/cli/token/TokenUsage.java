package io.latchkey.cli.token;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.SparkLine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The uses of one token over time, for people and programs. */
record TokenUsage(UseHistory history) {
    /** So that a bar for each day fits into a line; the JSON has all days. */
    private static final int SHOWN_DAYS = 30;

    private record Reason(long count, String words) {}

    /** Two lines: the last days and the last hours. */
    String text(Environment environment) {
        List<PeriodUse> days = history.everyDay();
        return line(SHOWN_DAYS + " days", days.subList(days.size() - SHOWN_DAYS, days.size()), environment)
                + line(UsePeriod.HOUR.kept() + " hours", history.everyHour(), environment);
    }

    private static String line(String time, List<PeriodUse> periods, Environment environment) {
        UseCounts sum = periods.stream().map(PeriodUse::counts).reduce(UseCounts.NONE, UseCounts::and);
        String bars = SparkLine.isShownIn(environment) ? SparkLine.of(periods) + " " : "";
        return "  last " + time + ": " + bars + uses(sum) + refusals(sum) + "\n";
    }

    private static String uses(UseCounts sum) {
        return sum.accepted() + (sum.accepted() == 1 ? " use" : " uses");
    }

    private static String refusals(UseCounts sum) {
        String reasons = Stream.of(
                        new Reason(sum.expired(), "expired"),
                        new Reason(sum.disabled(), "disabled"),
                        new Reason(sum.retired(), "old secret"),
                        new Reason(sum.notYet(), "not valid yet"),
                        new Reason(sum.origin(), "another address"),
                        new Reason(sum.route(), "another route"))
                .filter(reason -> reason.count() > 0)
                .map(reason -> reason.words() + ": " + reason.count())
                .collect(Collectors.joining(", ", " (", ")"));
        if (sum.refused() == 0) {
            return "";
        }
        return ", " + sum.refused() + (sum.refused() == 1 ? " refusal" : " refusals") + reasons;
    }

    /** The object of {@code GET /api/v1/tokens/NAME/uses}. */
    JsonObject json() {
        return new JsonObject()
                .with("as_of", history.asOf().toString())
                .with("kept_days", UsePeriod.DAY.kept())
                .with("days", history.days().stream().map(TokenUsage::json))
                .with("kept_hours", UsePeriod.HOUR.kept())
                .with("hours", history.hours().stream().map(TokenUsage::json));
    }

    private static JsonObject json(PeriodUse period) {
        JsonObject json = new JsonObject().with("start", period.start().toString());
        period.counts().byName().forEach(json::with);
        return json;
    }
}
