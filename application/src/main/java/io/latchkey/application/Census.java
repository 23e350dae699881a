package io.latchkey.application;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many tokens there are at one moment, and how long they live.
 *
 * @param ledgerLength how many entries the ledger has
 * @param remaining until the end of each token that has one; negative behind it
 */
public record Census(long ledgerLength, long active, long expired, long disabled, Map<TokenName, Duration> remaining) {
    public Census {
        remaining = Map.copyOf(remaining);
    }

    static Census of(long ledgerLength, Collection<Token> tokens, Instant now) {
        Map<TokenState, Long> states = tokens.stream().collect(groupingBy(token -> token.stateAt(now), counting()));
        Map<TokenName, Duration> remaining = new HashMap<>();
        for (Token token : tokens) {
            token.expiry().end().ifPresent(end -> remaining.put(token.name(), Duration.between(now, end)));
        }
        return new Census(
                ledgerLength,
                states.getOrDefault(TokenState.ACTIVE, 0L),
                states.getOrDefault(TokenState.EXPIRED, 0L),
                states.getOrDefault(TokenState.DISABLED, 0L),
                remaining);
    }

    /** Until the next live token ends, if any will. */
    public Optional<Duration> untilNextEnd() {
        return remaining.values().stream().filter(Duration::isPositive).min(Duration::compareTo);
    }
}
