package io.latchkey.application;

import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A precomputed verdict for one secret, with its expiry and use counters in the same object, so that a verification
 * allocates nothing and touches one cache line more than the map.
 */
@SuppressWarnings("UnusedVariable") // the fields that only the handles touch
final class CachedVerdict {
    /** The unspecified address, for an unknown one. */
    static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    /** Of all secrets that were never refused; counts nothing. */
    private static final RefusalCounts NEVER = new RefusalCounts();

    /** The request, when nobody says which it is. */
    static final Supplier<Optional<RequestRoute>> UNKNOWN_REQUEST = Optional::empty;

    private static final VarHandle COUNT = handle("count", int.class);
    private static final VarHandle LAST = handle("lastMillis", long.class);
    private static final VarHandle FROM = handle("from", InetAddress.class);
    private static final VarHandle REFUSALS = handle("refusals", RefusalCounts.class);

    private final Verdict.Accepted verdict;
    private final long endMillis;

    // Since the last {@code take}; accessed only through the handles. The write to the count orders the writes before
    // it.
    // An unsigned int, far more than the uses of a few seconds, so that the object is not larger than without refusals.
    private int count;
    private long lastMillis;
    private InetAddress from = NOWHERE;
    /** A shared one until the first refusal, since most secrets are never refused. */
    private RefusalCounts refusals = NEVER;

    private CachedVerdict(Token token, int generation, long endMillis) {
        this.verdict = new Verdict.Accepted(token, generation);
        this.endMillis = endMillis;
    }

    /** A secret that is accepted until a time, or as long as its token is valid. */
    static CachedVerdict until(long endMillis, Token token, int generation) {
        // A token that is limited to addresses, requests or a later time is judged at each presentation.
        return token.disablement().isPresent() || !token.attributes().areUnlimited()
                ? refused(token, generation)
                : new CachedVerdict(
                        token, generation, Math.min(endMillis, token.expiry().endMillis()));
    }

    /** A secret that is refused; the token knows the reason. */
    static CachedVerdict refused(Token token, int generation) {
        return new CachedVerdict(token, generation, Long.MIN_VALUE);
    }

    Token token() {
        return verdict.token();
    }

    /** The verdict before {@link #endMillis()}. */
    Verdict.Accepted verdict() {
        return verdict;
    }

    /** The time, in epoch milliseconds, from which the verdict no longer holds and the token must be asked. */
    long endMillis() {
        return endMillis;
    }

    /** Records a use; returns whether it is the first since the last {@link #take()}. */
    boolean use(long nowMillis, InetAddress where) {
        LAST.setOpaque(this, nowMillis);
        FROM.setOpaque(this, where);
        return (int) COUNT.getAndAdd(this, 1) == 0;
    }

    /** Returns and resets the uses since the last call; empty if there were none. */
    Optional<TokenUse> take() {
        // The count is read first, so that time and address are at least those of the last use it counts.
        long taken = Integer.toUnsignedLong((int) COUNT.getAndSet(this, 0));
        if (taken == 0) {
            return Optional.empty();
        }
        InetAddress where = (InetAddress) FROM.getOpaque(this);
        return Optional.of(new TokenUse(
                token().id(),
                verdict.generation(),
                Instant.ofEpochMilli((long) LAST.getOpaque(this)),
                where.isAnyLocalAddress() ? Optional.empty() : Optional.of(where.getHostAddress()),
                taken));
    }

    /** Counts a refusal; returns whether it is the first since the last {@link #takeRefusals()}. */
    boolean refuse(Verdict.Refused reason) {
        RefusalCounts known = (RefusalCounts) REFUSALS.getAcquire(this);
        if (known == NEVER) {
            var fresh = new RefusalCounts();
            known = (RefusalCounts) REFUSALS.compareAndExchange(this, NEVER, fresh);
            known = known == NEVER ? fresh : known;
        }
        return known.count(reason);
    }

    /** Returns and resets the refusals since the last call; empty if there were none. */
    Optional<UseCounts> takeRefusals() {
        return ((RefusalCounts) REFUSALS.getAcquire(this)).take();
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(CachedVerdict.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + field, e);
        }
    }
}
