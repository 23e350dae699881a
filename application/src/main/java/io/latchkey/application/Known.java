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
final class Known {
    /** In place of an address that is not known: nobody's. */
    static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private static final VarHandle COUNT = handle("count", long.class);
    private static final VarHandle LAST = handle("lastMillis", long.class);
    private static final VarHandle FROM = handle("from", InetAddress.class);

    private final Token token;
    private final Verdict verdict;
    private final long endMillis;

    // Since they were last taken, and touched by the handles only; the count orders what is written before it.
    private long count;
    private long lastMillis;
    private InetAddress from = NOWHERE;

    /**
     * Something known for a while.
     *
     * @param endMillis the first moment at which it no longer holds, and the token has to be asked
     */
    Known(Token token, Verdict verdict, long endMillis) {
        this.token = token;
        this.verdict = verdict;
        this.endMillis = endMillis;
    }

    /** What there is to say of a secret that a token has or had. */
    static Known of(Token token, int generation, long endMillis) {
        Verdict verdict = token.rest().isPresent() ? Verdict.Refused.DISABLED : new Verdict.Accepted(token, generation);
        return new Known(token, verdict, Math.min(endMillis, token.expiry().endMillis()));
    }

    Token token() {
        return token;
    }

    Verdict verdict() {
        return verdict;
    }

    long endMillis() {
        return endMillis;
    }

    /** Notes a use; whether it is the first since they were taken. */
    boolean use(long nowMillis, InetAddress where) {
        LAST.setOpaque(this, nowMillis);
        FROM.setOpaque(this, where);
        return (long) COUNT.getAndAdd(this, 1L) == 0;
    }

    /** The uses since they were last taken; empty if there are none, or if nobody may use it. */
    Optional<TokenUse> take() {
        // The count first: when and where are then at least those of the last that it counts.
        long taken = (long) COUNT.getAndSet(this, 0L);
        if (taken == 0 || !(verdict instanceof Verdict.Accepted(var _, var generation))) {
            return Optional.empty();
        }
        InetAddress where = (InetAddress) FROM.getOpaque(this);
        return Optional.of(new TokenUse(
                token.id(),
                generation,
                Instant.ofEpochMilli((long) LAST.getOpaque(this)),
                where.isAnyLocalAddress() ? Optional.empty() : Optional.of(where.getHostAddress()),
                taken));
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Known.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + field, e);
        }
    }
}
