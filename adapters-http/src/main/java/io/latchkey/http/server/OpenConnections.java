package io.latchkey.http.server;

import io.micronaut.context.annotation.Value;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, of which there are no more than files and memory allow. One more takes the place of the
 * oldest on which no live token was shown, so that strangers keep nobody out but strangers; if there is none, it is closed
 * at once.
 */
@Singleton
public final class OpenConnections {
    /** What a connection may take while the head of a request comes in, in bytes. */
    private static final int MEMORY = 32 * 1024;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final AttributeKey<Boolean> PROVEN = AttributeKey.valueOf("latchkey-proven");
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final int most;
    private final LongSupplier ticker;
    private final SequencedSet<Channel> strangers = new LinkedHashSet<>();
    private int open;
    private int closed;
    private long silentUntil;

    /**
     * @param files how many connections may be open as far as files go
     */
    @Inject
    OpenConnections(@Value("${latchkey.server.connections:2147483647}") int files) {
        this((int) Math.min(files, Runtime.getRuntime().maxMemory() / MEMORY), System::nanoTime);
    }

    /** The same by another clock. */
    public OpenConnections(int most, LongSupplier ticker) {
        this.most = most;
        this.ticker = ticker;
        this.silentUntil = ticker.getAsLong();
    }

    /** Takes in a new connection, and closes one if that is one too many. */
    void opened(Channel connection) {
        Channel loser = null;
        int unsaid = 0;
        synchronized (this) {
            open++;
            strangers.add(connection);
            if (open > most) {
                loser = strangers.removeFirst();
                closed++;
                unsaid = unsaid();
            }
        }
        connection.closeFuture().addListener(_ -> closed(connection));
        if (loser != null) {
            var _ = loser.close();
        }
        if (unsaid > 0) {
            LOG.warn(
                    "the limit of {} connections (set by ulimit -n or memory) was reached: {} connections without a live token"
                            + " were closed",
                    most,
                    unsaid);
        }
    }

    private int unsaid() {
        long now = ticker.getAsLong();
        if (now - silentUntil < 0) {
            return 0;
        }
        silentUntil = now + SILENCE.toNanos();
        int unsaid = closed;
        closed = 0;
        return unsaid;
    }

    /** Notes that a live token was shown on a connection, or on a stream of it. */
    public void proven(Channel channel) {
        Channel connection = channel.parent() != null && channel.parent().parent() != null ? channel.parent() : channel;
        if (connection.attr(PROVEN).get() == null) {
            connection.attr(PROVEN).set(true);
            synchronized (this) {
                strangers.remove(connection);
            }
        }
    }

    private synchronized void closed(Channel connection) {
        open--;
        strangers.remove(connection);
    }
}
