package io.latchkey.http.server;

import io.micronaut.context.annotation.Value;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of open connections by the open files and the memory of the process. A new connection beyond the
 * limit replaces the oldest connection on which no live token was sent, so that clients without a token only block each
 * other. If there is no such connection, the new one is closed. While too many replaced connections are not closed yet,
 * none is accepted; the operating system lets new ones wait.
 */
@Singleton
public final class OpenConnections {
    /** Memory that a connection may need while it receives request headers, in bytes. */
    private static final int MEMORY = 32 * 1024;

    /** Maximum number of connections above the limit, which are being closed. */
    static final int CLOSING = 16;

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
    private static final AttributeKey<Boolean> PROVEN = AttributeKey.valueOf("latchkey-proven");
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final int limit;
    private final LongSupplier ticker;
    private final SequencedSet<Channel> anonymous = new LinkedHashSet<>();
    private final Set<Channel> paused = new HashSet<>();
    private int open;
    private int closed;
    private long nextLog;
    private long nextFailureLog;

    /**
     * @param files maximum number of connections that the limit of open files permits
     */
    @Inject
    OpenConnections(@Value("${latchkey.server.connections:2147483647}") int files) {
        this((int) Math.min(files, Runtime.getRuntime().maxMemory() / MEMORY), System::nanoTime);
    }

    /** With another limit and clock, in monotonic nanoseconds. */
    public OpenConnections(int limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.nextLog = ticker.getAsLong();
        this.nextFailureLog = nextLog;
    }

    /**
     * Adds a new connection, and closes one if the limit is exceeded.
     *
     * @param listener the channel that accepted it; pauses while too many connections are being closed
     */
    void opened(Channel connection, Channel listener) {
        Channel evicted = null;
        int unreported = 0;
        synchronized (this) {
            open++;
            if (!isProven(connection)) {
                anonymous.add(connection);
            }
            if (open > limit && !anonymous.isEmpty()) {
                evicted = anonymous.removeFirst();
                closed++;
                unreported = unreported();
            }
            if (isFull()) {
                paused.add(listener);
                listener.config().setAutoRead(false);
            }
        }
        connection.closeFuture().addListener(_ -> closed(connection));
        if (evicted != null) {
            close(evicted);
        }
        if (unreported > 0) {
            LOG.warn(
                    "the limit of {} connections (set by ulimit -n or memory) was reached: {} connections without a live"
                            + " token were closed",
                    limit,
                    unreported);
        }
    }

    private boolean isFull() {
        return open >= (long) limit + CLOSING;
    }

    /** Closes a connection at once, without goodbyes of TLS and HTTP/2, which can take 30 seconds. */
    private static void close(Channel connection) {
        ChannelHandlerContext first = connection.pipeline().firstContext();
        var _ = first == null ? connection.close() : first.close();
    }

    /** Logs, at most every ten seconds, that a connection could not be accepted. */
    void notAccepted(IOException failure) {
        synchronized (this) {
            long now = ticker.getAsLong();
            if (now - nextFailureLog < 0) {
                return;
            }
            nextFailureLog = now + LOG_INTERVAL.toNanos();
        }
        LOG.error("new connections cannot be accepted and have to wait: {}", failure.getMessage());
    }

    private int unreported() {
        long now = ticker.getAsLong();
        if (now - nextLog < 0) {
            return 0;
        }
        nextLog = now + LOG_INTERVAL.toNanos();
        int unreported = closed;
        closed = 0;
        return unreported;
    }

    /** Whether a live token was sent on a connection. */
    static boolean isProven(Channel connection) {
        return connection.attr(PROVEN).get() != null;
    }

    /** Records that a live token was sent on a connection, or on a stream of it. */
    public void proven(Channel channel) {
        Channel connection = channel.parent() != null && channel.parent().parent() != null ? channel.parent() : channel;
        if (!isProven(connection)) {
            connection.attr(PROVEN).set(true);
            synchronized (this) {
                anonymous.remove(connection);
            }
        }
    }

    private synchronized void closed(Channel connection) {
        open--;
        anonymous.remove(connection);
        if (!paused.isEmpty() && !isFull()) {
            paused.forEach(listener -> listener.config().setAutoRead(true));
            paused.clear();
        }
    }
}
