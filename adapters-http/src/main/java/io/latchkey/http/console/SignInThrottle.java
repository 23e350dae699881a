package io.latchkey.http.console;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows wrong attempts to sign in, by IPv4 address or IPv6 /64 network: the answer to each takes twice as long as the
 * one before, from half a second to eight. While {@value #MOST_WAITING} of a network or {@value #MOST_WAITING_IN_ALL} of
 * all wait for their answers, further wrong ones are refused at once. Only wrong attempts are asked about here, so nobody
 * can lock others out who have the right secret.
 */
final class SignInThrottle {
    static final Duration SHORTEST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(8);

    /** Failures are forgotten after this time without another. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** Wrong attempts of one network that may wait at a time. */
    static final int MOST_WAITING = 8;

    /** Wrong attempts of all networks that may wait at a time. */
    static final int MOST_WAITING_IN_ALL = 1000;

    private static final int MOST_NETWORKS = 10_000;

    private final LongSupplier ticker;
    private final Map<Long, Attempts> failed = new LinkedHashMap<>();
    private int waiting;

    SignInThrottle() {
        this(System::nanoTime);
    }

    /** @param ticker monotonic time in nanoseconds */
    SignInThrottle(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * The failures of a network.
     *
     * @param until when the last answer is sent, monotonic, in nanoseconds
     */
    private record Attempts(int failures, int waiting, long until) {}

    /**
     * Notes a failure; returns how long its answer has to wait. Call {@link #answered} when it is sent.
     *
     * @return empty if too many answers wait already
     */
    synchronized Optional<Duration> fail(InetAddress from) {
        long now = ticker.getAsLong();
        long network = network(from);
        Attempts before = failed.getOrDefault(network, new Attempts(0, 0, now));
        if (before.waiting() >= MOST_WAITING || waiting >= MOST_WAITING_IN_ALL) {
            return Optional.empty();
        }
        int failures = now - before.until() >= MEMORY.toNanos() ? 1 : Math.min(before.failures() + 1, Integer.SIZE);
        Duration delay = delay(failures);
        failed.remove(network); // the newest comes last
        failed.put(network, new Attempts(failures, before.waiting() + 1, now + delay.toNanos()));
        waiting++;
        if (failed.size() > MOST_NETWORKS) {
            Iterator<Long> oldest = failed.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return Optional.of(delay);
    }

    /** A wrong attempt was answered. */
    synchronized void answered(InetAddress from) {
        waiting--;
        failed.computeIfPresent(
                network(from),
                (_, attempts) ->
                        new Attempts(attempts.failures(), Math.max(0, attempts.waiting() - 1), attempts.until()));
    }

    private static Duration delay(int failures) {
        int doublings = Math.min(failures - 1, Long.numberOfTrailingZeros(LONGEST.dividedBy(SHORTEST)));
        return SHORTEST.multipliedBy(1L << doublings);
    }

    private static long network(InetAddress from) {
        ByteBuffer address = ByteBuffer.wrap(from.getAddress());
        return from instanceof Inet6Address ? address.getLong() : address.getInt();
    }
}
