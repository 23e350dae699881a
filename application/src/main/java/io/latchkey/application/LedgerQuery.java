package io.latchkey.application;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the ledger are asked for, in their order.
 *
 * @param after the revision before the first of them; 0 to begin with
 * @param limit how many at most, from 1 to {@value #MOST}
 * @param token the name before or after what happened
 * @param since the earliest time
 * @param actor the kind of actor such as {@code owner}, with its name as in {@code owner:alice} and {@code holder:ci}, or
 *     the name of a token alone, unless that begins like a kind
 * @param id the token that it happened to, whatever its names were: found by an index, however long the ledger is
 */
public record LedgerQuery(
        long after,
        int limit,
        Optional<TokenName> token,
        Optional<Instant> since,
        Optional<String> actor,
        Optional<TokenId> id) {
    /** The most entries that are told at once. */
    public static final int MOST = 1000;

    /** Everything, in the largest helpings. */
    public static final LedgerQuery ALL =
            new LedgerQuery(0, MOST, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Everything that happened to a token, in the largest helpings. */
    public static LedgerQuery of(TokenId id) {
        return new LedgerQuery(0, MOST, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(id));
    }

    public LedgerQuery {
        if (after < 0) {
            throw new TokenFailure.Invalid("after", "expected a whole number of 0 or more");
        }
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
    }

    /** The same, from behind another revision. */
    public LedgerQuery after(long revision) {
        return new LedgerQuery(revision, limit, token, since, actor, id);
    }

    /** How many entries are looked at for an answer, so that one that finds little is not slow. */
    int lookedAt() {
        return token.isEmpty() && since.isEmpty() && actor.isEmpty() ? limit : MOST;
    }

    boolean matches(LedgerLine line) {
        return id.stream().allMatch(line.token().id()::equals)
                && token.stream()
                        .allMatch(name -> line.before().stream()
                                        .anyMatch(was -> was.name().equals(name))
                                || line.after().stream()
                                        .anyMatch(is -> is.name().equals(name)))
                && since.stream().noneMatch(line.at()::isBefore)
                && actor.stream().allMatch(line.by()::isCalled);
    }
}
