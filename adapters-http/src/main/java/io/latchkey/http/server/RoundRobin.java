package io.latchkey.http.server;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares the time of one event loop among its connections that have sent much: between two rounds of reading, they have
 * {@link #TURN} together, one after the other; connections on which a live token was sent, and others, in turns. So a
 * connection with a live token waits for two turns at most, however much others send. Used on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a turn that fails tells its pipeline
final class RoundRobin {
    /** How long connections are worked on between two rounds of reading, in nanoseconds; beyond it only by one slice. */
    private static final long TURN = 100_000;

    private static final int PASSES = 16;

    private final EventExecutor loop;
    private final LongSupplier ticker;
    private final Deque<RoundRobinHandler> proven = new ArrayDeque<>();
    private final Deque<RoundRobinHandler> anonymous = new ArrayDeque<>();
    private boolean isScheduled;
    private boolean wasProven;
    private int passed;

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
        queue(connection);
        if (!isScheduled) {
            isScheduled = true;
            loop.execute(this::run);
        }
    }

    private void queue(RoundRobinHandler connection) {
        (connection.isProven() ? proven : anonymous).addLast(connection);
    }

    /** Removes a connection that ends. */
    void remove(RoundRobinHandler connection) {
        if (!proven.remove(connection)) {
            anonymous.remove(connection);
        }
    }

    /**
     * Whether a connection may be worked on at once, without a turn: at most {@value #PASSES} without a live token, and
     * then none until a turn was given, so that many that send little at the same moment have turns, too.
     */
    boolean mayPass(RoundRobinHandler connection) {
        return connection.isProven() || (anonymous.isEmpty() && ++passed <= PASSES);
    }

    /**
     * Gives a connection with a live token its first turn at once, which is enough for most requests and costs no task.
     *
     * @return whether bytes are left, for another turn
     */
    boolean begin(RoundRobinHandler connection) {
        long end = ticker.getAsLong() + TURN;
        return connection.work(() -> ticker.getAsLong() - end < 0);
    }

    private void run() {
        long end = ticker.getAsLong() + TURN;
        passed = 0;
        do {
            RoundRobinHandler connection = next();
            if (connection != null && connection.work(() -> ticker.getAsLong() - end < 0)) {
                queue(connection);
            }
        } while (isAnyQueued() && ticker.getAsLong() - end < 0);
        isScheduled = isAnyQueued();
        if (isScheduled) {
            // Not executed: that would come before other connections are read.
            loop.schedule(this::run, 0, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isAnyQueued() {
        return !proven.isEmpty() || !anonymous.isEmpty();
    }

    /** Connections on which a live token was sent, and others, in turns. */
    private @Nullable RoundRobinHandler next() {
        wasProven = anonymous.isEmpty() || (!wasProven && !proven.isEmpty());
        return (wasProven ? proven : anonymous).poll();
    }
}
