package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A verdict ready to be given, so that giving it allocates nothing, beside all that it depends on: following the token
 * to its expiry and on to an instant would be three more misses of the cache. What is noted of its use lies here for the
 * same reason.
 */
@SuppressWarnings("UnusedVariable") // the fields that only the handles touch
final class CachedVerdict {
    /** In place of an address that is not known: nobody's. */
    static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private static final VarHandle COUNT = handle("count", long.class);
    private static final VarHandle LAST = handle("lastMillis", long.class);
    private static final VarHandle FROM = handle("from", InetAddress.class);

    private final Verdict.Accepted verdict;
    private final long endMillis;

    // Since they were last taken, and touched by the handles only; the count orders what is written before it.
    private long count;
    private long lastMillis;
    private InetAddress from = NOWHERE;

    private CachedVerdict(Token token, int generation, long endMillis) {
        this.verdict = new Verdict.Accepted(token, generation);
        this.endMillis = endMillis;
    }

    /** A secret that is accepted until a moment, or as long as its token opens anything. */
    static CachedVerdict until(long endMillis, Token token, int generation) {
        return token.disablement().isPresent()
                ? refused(token, generation)
                : new CachedVerdict(
                        token, generation, Math.min(endMillis, token.expiry().endMillis()));
    }

    /** A secret that is not accepted: the token knows why. */
    static CachedVerdict refused(Token token, int generation) {
        return new CachedVerdict(token, generation, Long.MIN_VALUE);
    }

    Token token() {
        return verdict.token();
    }

    /** What is said before the end. */
    Verdict.Accepted verdict() {
        return verdict;
    }

    /** The first moment, in milliseconds of the epoch, at which that no longer holds and the token has to be asked. */
    long endMillis() {
        return endMillis;
    }

    /** Notes a use; whether it is the first since they were taken. */
    boolean use(long nowMillis, InetAddress where) {
        LAST.setOpaque(this, nowMillis);
        FROM.setOpaque(this, where);
        return (long) COUNT.getAndAdd(this, 1L) == 0;
    }

    /** The uses since they were last taken; empty if there are none. */
    Optional<TokenUse> take() {
        // The count first: when and where are then at least those of the last that it counts.
        long taken = (long) COUNT.getAndSet(this, 0L);
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

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(CachedVerdict.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + field, e);
        }
    }
}
