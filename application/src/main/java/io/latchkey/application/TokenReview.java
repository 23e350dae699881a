package io.latchkey.application;

import static java.util.stream.Collectors.toMap;

import io.latchkey.application.Table.Cell;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which tokens their owner should look at.
 *
 * @param unusedFor only those that nobody used for so long, or since they were made
 * @param expiringWithin only those that are about to expire, which an expired one is not
 * @param state only those in this one
 */
public record TokenReview(Optional<Duration> unusedFor, Optional<Duration> expiringWithin, Optional<TokenState> state) {
    /** Those of some tokens that are to be looked at. */
    public List<Token> of(List<Token> tokens, List<TokenUse> uses, Instant now) {
        Map<TokenId, TokenUse> used = byToken(uses);
        return tokens.stream()
                .filter(token -> state.isEmpty() || state.get() == token.stateAt(now))
                .filter(token -> expiringWithin.isEmpty() || token.expiry().isWithin(expiringWithin.get(), now))
                .filter(token -> unusedFor.isEmpty()
                        || !Duration.between(lastSign(token, used), now)
                                .minus(unusedFor.get())
                                .isNegative())
                .toList();
    }

    private static Instant lastSign(Token token, Map<TokenId, TokenUse> used) {
        TokenUse use = used.get(token.id());
        return use == null ? token.createdAt() : use.last();
    }

    /** Tokens and how they were used, as a table. */
    public static Table table(List<Token> tokens, List<TokenUse> uses, Instant now) {
        Map<TokenId, TokenUse> used = byToken(uses);
        return new Table(
                List.of("name", "state", "expiry", "last_used_at", "last_used_from", "use_count"),
                tokens.stream()
                        .map(token -> row(token, Optional.ofNullable(used.get(token.id())), now))
                        .toList());
    }

    private static List<Cell> row(Token token, Optional<TokenUse> use, Instant now) {
        return List.of(
                new Cell.Text(token.name().value()),
                new Cell.Text(token.stateAt(now).name().toLowerCase(Locale.ROOT)),
                text(token.expiry().end().map(SystemTokens::written)),
                text(use.map(TokenUse::last).map(SystemTokens::written)),
                text(use.flatMap(TokenUse::from)),
                new Cell.Whole(use.map(TokenUse::count).orElse(0L)));
    }

    private static Map<TokenId, TokenUse> byToken(List<TokenUse> uses) {
        return uses.stream().collect(toMap(TokenUse::token, use -> use, TokenUse::and));
    }

    private static Cell text(Optional<String> text) {
        return text.<Cell>map(Cell.Text::new).orElse(Cell.Nothing.NULL);
    }
}
