package io.latchkey.http.console;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows wrong attempts to sign in, by IPv4 address or IPv6 /64 network: the answer to each takes twice as long as the
 * one before, from half a second to eight. A right secret is answered at once, so nobody can lock others out; only
 * while {@value #MOST_WAITING} wrong attempts of a network wait for their answers, it may make no others.
 */
final class SignInThrottle {
    static final Duration SHORTEST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(8);

    /** Failures are forgotten after this time without another. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** Wrong attempts of one network that may wait at a time. */
    static final int MOST_WAITING = 8;

    private static final int MOST_NETWORKS = 10_000;

    private final LongSupplier ticker;
    private final Map<Long, Attempts> failed = new LinkedHashMap<>();

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

    /** Whether a network may try again now. */
    synchronized boolean admits(InetAddress from) {
        Attempts attempts = failed.get(network(from));
        return attempts == null || attempts.waiting() < MOST_WAITING || ticker.getAsLong() - attempts.until() >= 0;
    }

    /** Notes a failure; returns how long its answer has to wait. Call {@link #answered} when it is sent. */
    synchronized Duration fail(InetAddress from) {
        long now = ticker.getAsLong();
        long network = network(from);
        Attempts before = failed.remove(network);
        if (before == null || now - before.until() >= MEMORY.toNanos()) {
            before = new Attempts(0, 0, now);
        }
        int failures = Math.min(before.failures() + 1, Integer.SIZE);
        Duration delay = delay(failures);
        failed.put(network, new Attempts(failures, before.waiting() + 1, now + delay.toNanos()));
        if (failed.size() > MOST_NETWORKS) {
            Iterator<Long> oldest = failed.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return delay;
    }

    /** A wrong attempt was answered. */
    synchronized void answered(InetAddress from) {
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
