package io.latchkey.application;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The number of tokens in each state, updated as tokens are created, deleted and expire. One thread writes; reading
 * costs the same for any number of tokens and never blocks.
 */
final class TokenCounts {
    /**
     * The counts at one time.
     *
     * @param nextEnd the next expiry of any token in epoch milliseconds; {@code Long.MAX_VALUE} if there is none
     * @param nextStart when the next pending token is valid or has expired, likewise
     */
    record Counts(long active, long pending, long expired, long disabled, long nextEnd, long nextStart) {
        static final Counts NONE = new Counts(0, 0, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** The number of tokens with the same expiry, enabled and disabled. */
    private record Ends(int enabled, int disabled) {
        static final Ends NONE = new Ends(0, 0);
        // Shared instances for the most common case, an expiry of one token.
        static final Ends ONE_ENABLED = new Ends(1, 0);
        static final Ends ONE_DISABLED = new Ends(0, 1);

        Ends plus(Ends more, int times) {
            Ends sum = new Ends(enabled + times * more.enabled, disabled + times * more.disabled);
            return sum.equals(ONE_ENABLED) ? ONE_ENABLED : sum.equals(ONE_DISABLED) ? ONE_DISABLED : sum;
        }
    }

    private final TreeMap<Long, Ends> ends = new TreeMap<>();
    private final PendingTokens pending = new PendingTokens();
    private long enabled;
    private long disabled;
    private long enabledExpired;
    private long disabledExpired;
    /** The time to which the expired counts refer, in epoch milliseconds. */
    private long at = Long.MIN_VALUE;

    private boolean changed;
    private volatile Counts counts = Counts.NONE;

    /** Counts many tokens; in the order of their expiry, which the tree inserts fastest. */
    static TokenCounts of(Collection<Token> tokens) {
        TokenCounts tally = new TokenCounts();
        tokens.forEach(token -> tally.count(token, 1));
        tally.change(ends(tokens.stream().filter(token -> token.disablement().isEmpty())), Ends.ONE_ENABLED);
        tally.change(ends(tokens.stream().filter(token -> token.disablement().isPresent())), Ends.ONE_DISABLED);
        return tally;
    }

    private static long[] ends(Stream<Token> tokens) {
        return tokens.map(Token::expiry)
                .filter(Expiry.At.class::isInstance)
                .mapToLong(Expiry::endMillis)
                .sorted()
                .toArray();
    }

    private void change(long[] sorted, Ends single) {
        for (long end : sorted) {
            change(end, single, 1);
        }
    }

    void add(Token token) {
        change(token, 1);
    }

    void remove(Token token) {
        change(token, -1);
    }

    private void change(Token token, int times) {
        count(token, times);
        if (token.expiry() instanceof Expiry.At(long end)) {
            change(end, token.disablement().isPresent() ? Ends.ONE_DISABLED : Ends.ONE_ENABLED, times);
        }
    }

    private void count(Token token, int times) {
        changed = true;
        pending.change(token, times);
        if (token.disablement().isPresent()) {
            disabled += times;
        } else {
            enabled += times;
        }
    }

    private void change(long end, Ends single, int times) {
        Ends sum = ends.getOrDefault(end, Ends.NONE).plus(single, times);
        if (sum.equals(Ends.NONE)) {
            ends.remove(end);
        } else {
            ends.put(end, sum);
        }
        if (end <= at) {
            pass(single, times);
        }
    }

    private void pass(Ends expired, int times) {
        enabledExpired += times * (long) expired.enabled;
        disabledExpired += times * (long) expired.disabled;
    }

    /** Publishes the counts as of now; costs only a comparison if nothing changed and no token expired or began. */
    void show(long now) {
        if (!changed && now >= at && now < counts.nextEnd && now < counts.nextStart) {
            return;
        }
        if (now >= at) {
            between(at, now).values().forEach(expired -> pass(expired, 1));
        } else {
            between(now, at).values().forEach(expired -> pass(expired, -1)); // the clock was set back
        }
        at = now;
        pending.moveTo(now);
        Long next = ends.higherKey(now);
        counts = new Counts(
                enabled - enabledExpired - pending.count(),
                pending.count(),
                enabledExpired + disabledExpired,
                disabled - disabledExpired,
                next == null ? Long.MAX_VALUE : next,
                pending.next());
        changed = false;
    }

    private NavigableMap<Long, Ends> between(long after, long upTo) {
        return ends.subMap(after, false, upTo, true);
    }

    /** The counts published last; for any thread. */
    Counts counts() {
        return counts;
    }
}
