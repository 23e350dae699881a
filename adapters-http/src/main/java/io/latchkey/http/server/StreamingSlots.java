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
 * Places for long answers, of which only so many are sent at a time.
 *
 * <p>When all are taken, a client that takes its answer too slowly loses its place to one that wants one: less than
 * 256 KiB a second, looked at once it has had ten seconds. With places to spare, slowness costs nothing.
 */
public final class StreamingSlots {
    private static final Duration TRIAL = Duration.ofSeconds(10);
    private static final long ENOUGH_A_SECOND = 256 * 1024;

    private final int most;
    private final LongSupplier ticker;
    private final List<Place> taken = new ArrayList<>();

    /**
     * Some places.
     *
     * @param ticker nanoseconds that only ever advance
     */
    public StreamingSlots(int most, LongSupplier ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    /**
     * A place.
     *
     * @param end what ends the answer of a client that loses it, such as closing its connection
     * @param refusal what is thrown if there is no place
     */
    public Place take(Runnable end, Problem refusal) {
        Optional<Place> loser = Optional.empty();
        Place place = new Place(end, ticker.getAsLong());
        synchronized (taken) {
            if (taken.size() >= most) {
                loser = taken.stream().filter(Place::isTooSlow).min(Comparator.comparingLong(one -> one.moved));
                taken.remove(loser.orElseThrow(() -> new ProblemException(refusal)));
            }
            taken.add(place);
        }
        loser.ifPresent(one -> one.end.run());
        return place;
    }

    /** The place of one answer. */
    public final class Place {
        private final Runnable end;
        private final long since;
        private volatile long moved;

        private Place(Runnable end, long since) {
            this.end = end;
            this.since = since;
        }

        /** An answer in this place, which is given back with its last byte, or when the client goes away. */
        public StreamedBody answer(HttpRequest<?> request, InputStream in, OptionalLong length) {
            CompletableFuture<Place> ended = new CompletableFuture<>();
            ClosingInputStream content = new ClosingInputStream(in, length.orElse(Long.MAX_VALUE), this::moved, () -> {
                release();
                ended.complete(this);
            });
            // Of an answer to somebody who has gone, Micronaut closes nothing that it has not begun to read.
            Connections.ifClosedBefore(ended, request, content::end);
            return new StreamedBody(length, content);
        }

        private boolean isTooSlow() {
            long nanos = ticker.getAsLong() - since;
            return nanos >= TRIAL.toNanos() && moved < ENOUGH_A_SECOND * (nanos / 1_000_000_000);
        }

        /** Notes how many bytes were taken since the beginning. */
        void moved(long bytes) {
            moved = bytes;
        }

        /** Gives the place back; more than once does nothing. */
        public void release() {
            synchronized (taken) {
                taken.remove(this);
            }
        }
    }
}
