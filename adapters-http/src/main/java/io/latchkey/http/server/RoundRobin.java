package io.latchkey.http.server;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shares the time of one event loop among its connections that have sent much: between two rounds of reading, they have
 * {@link #TURN} together, one after the other. A connection that sends little waits for one turn, however many others send
 * much. Used on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a turn that fails tells its pipeline
final class RoundRobin {
    /** How long connections are worked on between two rounds of reading, in nanoseconds; beyond it only by one slice. */
    private static final long TURN = 100_000;

    private final EventExecutor loop;
    private final LongSupplier ticker;
    private final Deque<RoundRobinHandler> waiting = new ArrayDeque<>();
    private boolean isScheduled;

    /**
     * The connections of one event loop.
     *
     * @param ticker nanoseconds that only ever advance
     */
    RoundRobin(EventExecutor loop, LongSupplier ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /** Queues a connection that is not queued yet. */
    void add(RoundRobinHandler connection) {
        waiting.addLast(connection);
        if (!isScheduled) {
            isScheduled = true;
            loop.execute(this::run);
        }
    }

    /** Removes a connection that ends. */
    void remove(RoundRobinHandler connection) {
        waiting.remove(connection);
    }

    private void run() {
        long end = ticker.getAsLong() + TURN;
        do {
            RoundRobinHandler connection = waiting.poll();
            if (connection != null && connection.work(() -> ticker.getAsLong() - end < 0)) {
                waiting.addLast(connection);
            }
        } while (!waiting.isEmpty() && ticker.getAsLong() - end < 0);
        isScheduled = !waiting.isEmpty();
        if (isScheduled) {
            // Not executed: that would come before other connections are read.
            loop.schedule(this::run, 0, TimeUnit.NANOSECONDS);
        }
    }
}
