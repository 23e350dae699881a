package io.latchkey.cli.token;

import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenSummary.Status;
import io.latchkey.application.TokenUse;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.application.usage.UseSeries;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.SparkLine;
import io.latchkey.cli.terminal.Style;
import io.latchkey.cli.terminal.TerminalTable;
import io.latchkey.cli.terminal.TerminalTable.Cell;
import io.latchkey.domain.RelativeTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lists tokens for a terminal, with relative times. */
record TokenListing(List<TokenSummary> tokens, Instant now) {
    private static final String NEVER = "never";

    /** So that the columns behind have room; `show token` shows all. */
    private static final int LONGEST_PERMISSIONS = 40;

    /** Lists the tokens. */
    String of(Environment environment) {
        return tokens.isEmpty() ? "No tokens\n" : described(used(standing())).on(environment);
    }

    /** Lists the tokens with their use. */
    String withUsage(Environment environment) {
        if (tokens.isEmpty()) {
            return "No tokens match\n";
        }
        TerminalTable table = used(standing())
                .with(
                        "from",
                        texts(token -> token.use()
                                .map(use -> use.from().orElse("this machine"))
                                .orElse("")))
                .with(
                        "uses",
                        texts(token ->
                                Long.toString(token.use().map(TokenUse::count).orElse(0L))));
        return described(lastDays(table, environment)).on(environment);
    }

    /** Omits the column if the authority does not tell. */
    private TerminalTable lastDays(TerminalTable table, Environment environment) {
        if (tokens.stream().allMatch(token -> token.days().isEmpty())) {
            return table;
        }
        return table.with(TokenFilter.DAYS + " days", texts(token -> {
            List<PeriodUse> days =
                    UseSeries.dense(token.days().orElse(List.of()), UsePeriod.DAY, TokenFilter.DAYS, now);
            return SparkLine.isShownIn(environment)
                    ? SparkLine.of(days)
                    : Long.toString(days.stream()
                            .mapToLong(day -> day.counts().accepted())
                            .sum());
        }));
    }

    private TerminalTable standing() {
        return new TerminalTable()
                .with("name", texts(TokenSummary::name))
                .with("state", cells(token -> standing(token.standingAt(now))))
                .with(
                        "expires",
                        texts(token -> token.expiry()
                                .end()
                                .map(end -> RelativeTime.of(end, now))
                                .orElse(NEVER)));
    }

    /** Omits the column if the authority records no uses, since "never" would be wrong. */
    private TerminalTable used(TerminalTable table) {
        return tokens.stream().allMatch(token -> token.uses().isEmpty())
                ? table
                : table.with(
                        "last used",
                        texts(token -> token.use().map(use -> past(use.last())).orElse(NEVER)));
    }

    private TerminalTable described(TerminalTable table) {
        permitted(table).with("created", texts(token -> past(token.createdAt())));
        return tokens.stream().allMatch(token -> token.description().isEmpty())
                ? table
                : table.withProse("description", texts(TokenSummary::description));
    }

    /** Omits the columns if all tokens are admin tokens, or have no owner. */
    private TerminalTable permitted(TerminalTable table) {
        if (tokens.stream().anyMatch(token -> !token.permissions().equals(TokenSummary.ADMIN))) {
            table.withProse("permissions", texts(token -> TerminalText.cut(permissions(token), LONGEST_PERMISSIONS)));
        }
        return tokens.stream().allMatch(token -> token.owner().isEmpty())
                ? table
                : table.withProse("owner", texts(TokenSummary::owner));
    }

    private static String permissions(TokenSummary token) {
        if (token.permissions().equals(TokenSummary.ADMIN)) {
            return "admin";
        }
        return token.permissions().isEmpty() ? "none" : token.permissions();
    }

    /** A relative time that is not in the future, even if the clocks of the machines differ. */
    private String past(Instant instant) {
        return RelativeTime.of(instant.isAfter(now) ? now : instant, now);
    }

    private static Cell standing(Status standing) {
        return new Cell(
                standing.name().toLowerCase(Locale.ROOT),
                switch (standing) {
                    case OPERATOR -> Style.BOLD;
                    case ACTIVE -> Style.PLAIN;
                    case EXPIRING -> Style.YELLOW;
                    case EXPIRED -> Style.RED;
                    case DISABLED -> Style.FAINT;
                    case PENDING -> Style.FAINT;
                });
    }

    private List<Cell> texts(Function<TokenSummary, String> text) {
        return cells(token -> Cell.of(text.apply(token)));
    }

    private List<Cell> cells(Function<TokenSummary, Cell> cell) {
        return tokens.stream().map(cell).toList();
    }
}
