package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/**
 * The memory that all bodies of requests may take together, in bytes: half of the heap, and a sixteenth of it for those
 * of strangers.
 *
 * <p>A holder of a live token that finds too little left is refused. A stranger never is: the one who has kept its place
 * for longest without sending all of its body loses it instead, so that unfinished bodies keep nobody out.
 */
@Singleton
public final class BodyBudget {
    private final long most;
    private final long mostOfStrangers;
    private final SequencedSet<Share> unfinished = new LinkedHashSet<>();
    private long taken;
    private long takenByStrangers;

    /**
     * A budget, an eighth of it for strangers.
     *
     * @param bytes 0 for half of the heap
     */
    BodyBudget(@Value("${latchkey.server.body-budget:0}") long bytes) {
        this.most = bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / 2;
        this.mostOfStrangers = most / 8;
    }

    /** A share for the holder of a live token, which grows with the body. */
    public Share share() {
        return new Share(Owner.HOLDER, new CompletableFuture<>());
    }

    /**
     * A share for a stranger.
     *
     * @param bytes all that it will ever take
     * @param body fails with a {@link ProblemException} if somebody else needs the place
     */
    public Share share(long bytes, CompletableFuture<?> body) {
        Share share = new Share(Owner.STRANGER, body);
        Share loser = null;
        synchronized (this) {
            if (takenByStrangers + bytes > mostOfStrangers && !unfinished.isEmpty()) {
                loser = unfinished.removeFirst();
                loser.giveBack();
            }
            share.take(bytes);
            unfinished.add(share);
        }
        if (loser != null) {
            loser.body.completeExceptionally(new ProblemException(Problem.UNAVAILABLE));
        }
        return share;
    }

    /** Bytes that are taken now. */
    synchronized long taken() {
        return taken;
    }

    /** Whose body it is. */
    private enum Owner {
        HOLDER,
        STRANGER
    }

    /** The part of the budget that one body takes, until closed. */
    public final class Share implements AutoCloseable {
        private final Owner owner;
        private final CompletableFuture<?> body;
        private long bytes;

        private Share(Owner owner, CompletableFuture<?> body) {
            this.owner = owner;
            this.body = body;
        }

        /** Takes so many bytes more; false, and nothing is taken, if there are not as many. */
        public boolean grow(long more) {
            synchronized (BodyBudget.this) {
                if (owner == Owner.STRANGER) {
                    return true; // which has taken all that it may need
                }
                if (taken + more > most) {
                    return false;
                }
                take(more);
                return true;
            }
        }

        /** Notes that all of the body is there: nobody takes its place any more. */
        void complete() {
            synchronized (BodyBudget.this) {
                unfinished.remove(this);
            }
        }

        @Override
        public void close() {
            synchronized (BodyBudget.this) {
                unfinished.remove(this);
                giveBack();
            }
        }

        private void take(long more) {
            bytes += more;
            taken += more;
            takenByStrangers += owner == Owner.STRANGER ? more : 0;
        }

        private void giveBack() {
            taken -= bytes;
            takenByStrangers -= owner == Owner.STRANGER ? bytes : 0;
            bytes = 0;
        }
    }
}
