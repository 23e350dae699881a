package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/**
 * Limits the memory of all request bodies together: half of the heap, of which requests without a live token may take
 * an eighth.
 *
 * <p>If the limit is reached, a request with a live token is rejected. A request without one is not: instead, the
 * oldest incomplete body of such a request is dropped, so that clients that never complete a body cannot block others.
 */
@Singleton
public final class BodyBudget {
    private final long limit;
    private final long anonymousLimit;
    private final SequencedSet<Share> incomplete = new LinkedHashSet<>();
    private long taken;
    private long takenAnonymous;

    /**
     * A budget.
     *
     * @param bytes the limit; 0 for half of the heap
     */
    BodyBudget(@Value("${latchkey.server.body-budget:0}") long bytes) {
        this.limit = bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / 2;
        this.anonymousLimit = limit / 8;
    }

    /** A share for a request with a live token; it grows with the body. */
    public Share share() {
        return new Share(Owner.AUTHENTICATED, new CompletableFuture<>());
    }

    /**
     * A share for a request without a live token.
     *
     * @param bytes its constant size
     * @param body is completed with a {@link ProblemException} if another request evicts this one
     */
    public Share share(long bytes, CompletableFuture<?> body) {
        Share share = new Share(Owner.ANONYMOUS, body);
        Share evicted = null;
        synchronized (this) {
            if (takenAnonymous + bytes > anonymousLimit && !incomplete.isEmpty()) {
                evicted = incomplete.removeFirst();
                evicted.giveBack();
            }
            share.take(bytes);
            incomplete.add(share);
        }
        if (evicted != null) {
            evicted.body.completeExceptionally(new ProblemException(Problem.UNAVAILABLE));
        }
        return share;
    }

    /** Bytes that are in use. */
    synchronized long taken() {
        return taken;
    }

    /** Who sends the body. */
    private enum Owner {
        AUTHENTICATED,
        ANONYMOUS
    }

    /** The part of the budget that one body uses, until closed. */
    public final class Share implements AutoCloseable {
        private final Owner owner;
        private final CompletableFuture<?> body;
        private long bytes;

        private Share(Owner owner, CompletableFuture<?> body) {
            this.owner = owner;
            this.body = body;
        }

        /** Takes more bytes; returns false and takes nothing if the budget has fewer left. */
        public boolean grow(long more) {
            synchronized (BodyBudget.this) {
                if (owner == Owner.ANONYMOUS) {
                    return true; // has its constant size
                }
                if (taken + more > limit) {
                    return false;
                }
                take(more);
                return true;
            }
        }

        /** The body is complete: it can no longer be evicted. */
        void complete() {
            synchronized (BodyBudget.this) {
                incomplete.remove(this);
            }
        }

        @Override
        public void close() {
            synchronized (BodyBudget.this) {
                incomplete.remove(this);
                giveBack();
            }
        }

        private void take(long more) {
            bytes += more;
            taken += more;
            takenAnonymous += owner == Owner.ANONYMOUS ? more : 0;
        }

        private void giveBack() {
            taken -= bytes;
            takenAnonymous -= owner == Owner.ANONYMOUS ? bytes : 0;
            bytes = 0;
        }
    }
}
