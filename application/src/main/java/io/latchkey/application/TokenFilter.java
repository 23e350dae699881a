package io.latchkey.application;

import static java.util.stream.Collectors.groupingBy;

import io.latchkey.application.table.AttributeColumn;
import io.latchkey.application.table.Table;
import io.latchkey.application.table.Table.Cell;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects tokens that need attention.
 *
 * @param unusedFor only tokens not used for at least this time, or since their creation if never used
 * @param expiringWithin only tokens that expire within this time; expired tokens do not match
 * @param state only tokens in this state
 * @param traits only tokens of this kind, of this owner and with these labels
 */
public record TokenFilter(
        Optional<Duration> unusedFor,
        Optional<Duration> expiringWithin,
        Optional<TokenState> state,
        TokenTraits traits) {
    private static final List<String> COLUMNS =
            List.of("name", "state", "expiry", "last_used_at", "last_used_from", "use_count", "kind");

    /** The number of last days whose uses {@link #table} adds up. */
    public static final int DAYS = 14;

    /** Matches every token. */
    public static final TokenFilter EVERY = new TokenFilter(Optional.empty(), Optional.empty(), Optional.empty());

    private static final List<String> DAY_COLUMNS = List.of("uses_" + DAYS + "d", "refusals_" + DAYS + "d");

    /** A filter for any traits. */
    public TokenFilter(Optional<Duration> unusedFor, Optional<Duration> expiringWithin, Optional<TokenState> state) {
        this(unusedFor, expiringWithin, state, TokenTraits.EVERY);
    }

    /** The tokens that match. */
    public List<Token> of(List<Token> tokens, List<TokenUse> uses, Instant now) {
        Map<TokenId, List<TokenUse>> used = uses.stream().collect(groupingBy(TokenUse::token));
        return tokens.stream()
                .filter(token -> of(new ListedToken(token, used.getOrDefault(token.id(), List.of())), now))
                .toList();
    }

    /** Whether a token matches. */
    boolean of(ListedToken listed, Instant now) {
        return regardlessOfUse(listed.token(), now)
                && (unusedFor.isEmpty()
                        || !Duration.between(lastSign(listed), now)
                                .minus(unusedFor.get())
                                .isNegative());
    }

    /** Whether a token matches if its use does. */
    boolean regardlessOfUse(Token token, Instant now) {
        return traits.of(token)
                && (state.isEmpty() || state.get() == token.stateAt(now))
                && (expiringWithin.isEmpty() || token.expiry().isWithin(expiringWithin.get(), now));
    }

    private static Instant lastSign(ListedToken listed) {
        return listed.use().map(TokenUse::last).orElseGet(listed.token()::createdAt);
    }

    /** Tokens with their use, also on the last {@value #DAYS} days, as a table with lazily created rows. */
    public static Table table(Iterable<ListedToken> tokens, Instant now) {
        return new Table(columns(), () -> {
            Iterator<ListedToken> each = tokens.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public List<Cell> next() {
                    ListedToken listed = each.next();
                    return row(listed, now);
                }
            };
        });
    }

    private static List<String> columns() {
        return Stream.of(
                        COLUMNS.stream(), AttributeColumn.ALL.stream().map(AttributeColumn::name), DAY_COLUMNS.stream())
                .flatMap(names -> names)
                .toList();
    }

    private static List<Cell> row(ListedToken listed, Instant now) {
        Stream<Cell> attributes = AttributeColumn.ALL.stream()
                .map(column -> column.cell().apply(listed.token().attributes()));
        UseCounts sum = listed.days().stream()
                .flatMap(List::stream)
                .map(PeriodUse::counts)
                .reduce(UseCounts.NONE, UseCounts::and);
        Stream<Cell> days = Stream.of(new Cell.Whole(sum.accepted()), new Cell.Whole(sum.refused()));
        return Stream.of(standing(listed.token(), listed.use(), now), attributes, days)
                .flatMap(cells -> cells)
                .toList();
    }

    private static Stream<Cell> standing(Token token, Optional<TokenUse> use, Instant now) {
        return Stream.of(
                new Cell.Text(token.name().value()),
                new Cell.Text(token.stateAt(now).name().toLowerCase(Locale.ROOT)),
                text(token.expiry().end().map(Instant::toString)),
                text(use.map(TokenUse::last).map(Instant::toString)),
                text(use.flatMap(TokenUse::from)),
                new Cell.Whole(use.map(TokenUse::count).orElse(0L)),
                new Cell.Text(token.kind().word()));
    }

    private static Cell text(Optional<String> text) {
        return text.<Cell>map(Cell.Text::new).orElse(Cell.Nothing.NULL);
    }
}
