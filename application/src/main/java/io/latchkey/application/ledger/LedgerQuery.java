package io.latchkey.application.ledger;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of the ledger are asked for, in their order.
 *
 * @param after the revision before the first of them; 0 to begin with
 * @param limit how many at most, from 1 to {@value #MOST}
 * @param token the name before or after what happened
 * @param since the earliest time
 * @param until the time before which it was done, so that what one question leaves out the next one's {@code since} finds
 * @param actor the kind of actor such as {@code owner}, with its name as in {@code owner:alice} and {@code holder:ci}, or
 *     the name of a token alone, unless that begins like a kind
 * @param id the token that it happened to, whatever its names were: found by an index, however long the ledger is
 * @param kinds what happened, any of these as {@link LedgerRecord#kinds()} calls it; everything if there is none
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
    /** The most entries that are told at once. */
    public static final int MOST = 1000;

    /** Everything, in the largest helpings. */
    public static final LedgerQuery ALL = new LedgerQuery(
            0,
            MOST,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    /** Everything that happened to a token, in the largest helpings. */
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

    /** The same, from behind another revision. */
    public LedgerQuery after(long revision) {
        return new LedgerQuery(revision, limit, token, since, until, actor, id, kinds);
    }

    /** How many entries are looked at for an answer, so that one that finds little is not slow. */
    public int lookedAt() {
        return token.isEmpty() && since.isEmpty() && until.isEmpty() && actor.isEmpty() && kinds.isEmpty()
                ? limit
                : MOST;
    }

    /** Refuses kinds that no entry has: an authority that is newer than who asks knows more of them. */
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
