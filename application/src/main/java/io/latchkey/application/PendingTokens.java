package io.latchkey.application;

import io.latchkey.domain.Token;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The number of tokens that are not valid yet, and neither disabled nor expired. Only tokens with a start cost memory; moving
 * to another time costs as much as there are tokens that begin or end between. For one thread.
 */
final class PendingTokens {
    /** How many tokens are pending until a time in epoch milliseconds: their start, or an earlier expiry. */
    private final TreeMap<Long, Integer> until = new TreeMap<>();

    private long at = Long.MIN_VALUE;
    private long count;

    /** Counts a token, or no longer. */
    void change(Token token, int times) {
        if (token.disablement().isEmpty()) {
            token.attributes()
                    .notBefore()
                    .at()
                    .ifPresent(start ->
                            change(Math.min(start.toEpochMilli(), token.expiry().endMillis()), times));
        }
    }

    private void change(long end, int times) {
        int sum = until.getOrDefault(end, 0) + times;
        if (sum == 0) {
            until.remove(end);
        } else {
            until.put(end, sum);
        }
        if (end > at) {
            count += times;
        }
    }

    /** Moves to a time, which may be earlier if the clock was set back. */
    void moveTo(long now) {
        count += now >= at ? -between(at, now) : between(now, at);
        at = now;
    }

    private long between(long after, long upTo) {
        NavigableMap<Long, Integer> ended = until.subMap(after, false, upTo, true);
        return ended.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** The number at the time last moved to. */
    long count() {
        return count;
    }

    /** When the number changes next, in epoch milliseconds; {@code Long.MAX_VALUE} if never. */
    long next() {
        Long next = until.higherKey(at);
        return next == null ? Long.MAX_VALUE : next;
    }
}
