package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Limits the number of long responses that are sent at a time.
 *
 * <p>If all slots are in use, a new response takes the slot of the slowest client that reads less than 256 KiB a
 * second, on average since its start at least ten seconds ago. While slots are free, slow clients are not affected.
 */
public final class StreamingSlots {
    private static final Duration TRIAL = Duration.ofSeconds(10);
    private static final long ENOUGH_A_SECOND = 256 * 1024;

    private final int most;
    private final LongSupplier ticker;
    private final List<Slot> taken = new ArrayList<>();

    /**
     * Free slots.
     *
     * @param most number of slots
     * @param ticker monotonic time in nanoseconds
     */
    public StreamingSlots(int most, LongSupplier ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    /**
     * Takes a slot.
     *
     * @param end ends the response if it loses the slot, for example by closing the connection
     * @param refusal the problem if no slot is free
     * @throws ProblemException if no slot is free and no client is too slow
     */
    public Slot take(Runnable end, Problem refusal) {
        Optional<Slot> evicted = Optional.empty();
        Slot slot = new Slot(end, ticker.getAsLong());
        synchronized (taken) {
            if (taken.size() >= most) {
                evicted = taken.stream()
                        .filter(Slot::isTooSlow)
                        .min(Comparator.comparingLong(candidate -> candidate.moved));
                taken.remove(evicted.orElseThrow(() -> new ProblemException(refusal)));
            }
            taken.add(slot);
        }
        evicted.ifPresent(slow -> slow.end.run());
        return slot;
    }

    /** The slot of one response. */
    public final class Slot {
        private final Runnable end;
        private final long since;
        private volatile long moved;

        private Slot(Runnable end, long since) {
            this.end = end;
            this.since = since;
        }

        /** The body of a response in this slot; frees the slot with its last byte, or when the client disconnects. */
        public StreamedBody answer(HttpRequest<?> request, InputStream in, OptionalLong length) {
            CompletableFuture<Slot> ended = new CompletableFuture<>();
            ClosingInputStream content = new ClosingInputStream(in, length.orElse(Long.MAX_VALUE), this::moved, () -> {
                release();
                ended.complete(this);
            });
            // Micronaut does not close a body that it has not started to read when the client disconnects.
            Connections.ifClosedBefore(ended, request, content::end);
            return new StreamedBody(length, content);
        }

        private boolean isTooSlow() {
            long nanos = ticker.getAsLong() - since;
            return nanos >= TRIAL.toNanos() && moved < ENOUGH_A_SECOND * (nanos / 1_000_000_000);
        }

        /** Records the number of bytes that the client has read so far. */
        void moved(long bytes) {
            moved = bytes;
        }

        /** Frees the slot; does nothing if it is free already. */
        public void release() {
            synchronized (taken) {
                taken.remove(this);
            }
        }
    }
}
