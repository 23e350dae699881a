package io.latchkey.application.ledger;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query for ledger entries, in order.
 *
 * @param after return entries after this revision; 0 for all
 * @param limit maximum number of entries, from 1 to {@value #MOST}
 * @param token name of the token, before or after the event
 * @param since earliest time, inclusive
 * @param until latest time, exclusive, so that consecutive queries do not overlap
 * @param actor a kind of actor such as {@code owner}; a kind with a name, as in {@code owner:alice} and {@code
 *     holder:ci}; or a token name alone, unless it starts like a kind
 * @param id the token concerned, under any name; uses an index, so the length of the ledger does not matter
 * @param kinds kinds of events, as named by {@link LedgerRecord#kinds()}; empty for all
 */
public record LedgerQuery(
        long after,
        int limit,
        Optional<TokenName> token,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> actor,
        Optional<TokenId> id,
        Set<String> kinds) {
    /** Maximum number of entries in a page. */
    public static final int MOST = 1000;

    /** All entries, in the largest pages. */
    public static final LedgerQuery ALL = new LedgerQuery(
            0,
            MOST,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    /** All entries about a token, in the largest pages. */
    public static LedgerQuery of(TokenId id) {
        return new LedgerQuery(
                0,
                MOST,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(id),
                Set.of());
    }

    public LedgerQuery {
        if (after < 0) {
            throw new TokenFailure.Invalid("after", "expected a whole number of 0 or more");
        }
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
        kinds = Set.copyOf(kinds);
    }

    /** This query, continued after another revision. */
    public LedgerQuery after(long revision) {
        return new LedgerQuery(revision, limit, token, since, until, actor, id, kinds);
    }

    /** How many entries are examined for one page, so that a query with few matches stays fast. */
    public int lookedAt() {
        return token.isEmpty() && since.isEmpty() && until.isEmpty() && actor.isEmpty() && kinds.isEmpty()
                ? limit
                : MOST;
    }

    /**
     * Refuses unknown kinds; a client that is newer than the server may know more kinds.
     *
     * @throws TokenFailure.Invalid if a kind is unknown
     */
    public void checkKinds() {
        List<String> known = LedgerRecord.kinds();
        if (!known.containsAll(kinds)) {
            throw new TokenFailure.Invalid("kind", "unknown kind, expected one of " + String.join(", ", known));
        }
    }

    public boolean matches(LedgerRecord line) {
        return id.stream().allMatch(line.token().id()::equals)
                && token.stream()
                        .allMatch(name -> line.before().stream()
                                        .anyMatch(was -> was.name().equals(name))
                                || line.after().stream()
                                        .anyMatch(is -> is.name().equals(name)))
                && since.stream().noneMatch(line.at()::isBefore)
                && until.stream().allMatch(line.at()::isBefore)
                && (kinds.isEmpty() || kinds.contains(line.kind()))
                && actor.stream().allMatch(line.by()::isCalled);
    }
}
