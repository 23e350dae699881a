package io.latchkey.application.notification;

import io.latchkey.application.notification.NotificationSender.Receipt;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Delivers notifications to a webhook on a thread of its own, one at a time. Failed attempts are repeated at growing
 * intervals for at most three days; rejected ones a few times within about ten minutes.
 *
 * <p>A failing notification delays only later ones of its token, and an alarm only later alarms of its token. If the
 * attempts for many tokens fail in a row, short pauses protect the receiver.
 */
public final class NotificationDelivery implements AutoCloseable {
    public static final Duration LONGEST_WAIT = Duration.ofHours(1);
    public static final Duration PAUSE = Duration.ofSeconds(2);
    public static final Duration PATIENCE = Duration.ofDays(3);
    public static final int REJECTIONS = 6;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration WAIT_AFTER_OUTAGE = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 11; // larger than the longest wait
    private static final Duration PARTING = Duration.ofSeconds(1);

    private final Supplier<NotificationQueue> queues;
    private final NotificationSender sender;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final long start;
    private final RandomGenerator random;
    private final DeliveryCounts counts = new DeliveryCounts();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("latchkey-notices").unstarted(this::run);
    private volatile boolean closed;
    private volatile NotificationQueue notices;

    // Used by the delivery thread only.
    private final FailureStreak streak = new FailureStreak();
    private long lastAccepted = -1;
    private boolean failing;
    private boolean ended;

    /** @param queues returns a queue that continues at the saved progress */
    public NotificationDelivery(
            Supplier<NotificationQueue> queues,
            NotificationSender sender,
            InstantSource clock,
            LongSupplier ticker,
            RandomGenerator random) {
        this.queues = queues;
        this.notices = queues.get();
        this.sender = sender;
        this.clock = clock;
        this.ticker = ticker;
        this.start = ticker.getAsLong();
        this.random = random;
    }

    public DeliveryCounts counts() {
        return counts;
    }

    /** Starts to deliver every second until closed. */
    public void watch() {
        thread.start();
    }

    private void run() {
        boolean stuck = false;
        while (!closed && !ended) {
            try {
                deliver();
                stuck = false;
            } catch (RuntimeException e) {
                if (!stuck && !closed) {
                    log().log(
                                    Level.WARNING,
                                    "the notifications for the webhook cannot be read; they will be read again",
                                    e);
                }
                stuck = true;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Delivers the notifications that are due now, if this process has the turn. */
    public void deliver() {
        if (!hasTurn()) {
            return;
        }
        notices.record();
        Optional<Notification> next = next();
        while (next.isPresent() && !closed && !ended && hasTurn()) {
            deliver(next.get());
            next = next();
        }
        notices.record();
    }

    /** Asks for the turn; what another process has delivered meanwhile is read first. */
    private boolean hasTurn() {
        return switch (notices.turn()) {
            case MINE -> true;
            case TAKEN_OVER -> {
                notices = queues.get();
                yield true;
            }
            case OF_ANOTHER -> false;
        };
    }

    private Optional<Notification> next() {
        return notices.upTo(clock.instant()).next(now(), streak);
    }

    private long now() {
        return ticker.getAsLong() - start;
    }

    private void deliver(Notification notice) {
        switch (send(notice)) {
            case Receipt.Accepted() -> accepted(notice);
            case Receipt.Postponed(String reason, Optional<Duration> after) -> postponed(notice, reason, after);
            case Receipt.Rejected(String reason) -> rejected(notice, reason);
            case Receipt.Ended(String reason) -> {
                ended = true;
                counts.addEnded();
                log().log(
                                Level.ERROR,
                                "the webhook answered 410 Gone; nothing more is sent until the server restarts: {0}",
                                reason);
            }
        }
    }

    /** Treats an unexpected exception of the sender as a failed attempt, and logs it. */
    private Receipt send(Notification notice) {
        try {
            return sender.send(notice, clock.instant());
        } catch (RuntimeException | LinkageError e) {
            log().log(Level.ERROR, "sending to the webhook broke, which is a bug of Latchkey", e);
            return new Receipt.Postponed("sending broke: " + e.getClass().getSimpleName(), Optional.empty());
        }
    }

    private void accepted(Notification notice) {
        counts.addDelivered();
        if (failing) {
            log().log(Level.INFO, "the webhook accepts notices again");
        }
        failing = false;
        // What failed since the last success probably failed because of an outage, which is over.
        notices.queue().hasten(lastAccepted, now() + varied(WAIT_AFTER_OUTAGE));
        lastAccepted = now();
        streak.accepted();
        notices.done(notice);
    }

    private void postponed(Notification notice, String reason, Optional<Duration> after) {
        DeliveryAttempts attempts = notices.queue().attempts(notice).failed(now());
        if (now() - attempts.since() >= PATIENCE.toNanos()) {
            drop(notice, "did not accept", "for three days", reason);
            return;
        }
        sayFailing(attempts, reason);
        counts.addFailed();
        Duration asked = after.map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT)
                .orElse(Duration.ZERO);
        streak.failed(notice, now(), PAUSE, asked);
        long earliest = now() + asked.toNanos();
        notices.queue().postpone(notice, attempts, earliest, Math.max(now() + wait(attempts.failures()), earliest));
    }

    private void rejected(Notification notice, String reason) {
        DeliveryAttempts attempts = notices.queue().attempts(notice).rejected(now());
        if (attempts.rejections() >= REJECTIONS) {
            drop(notice, "rejected", attempts.rejections() + " times", reason);
            return;
        }
        sayFailing(attempts, reason);
        counts.addFailed();
        // 2 s, 8 s, 32 s and so on: about ten minutes in all.
        notices.queue().postpone(notice, attempts, now(), now() + wait(2 * attempts.failures() - 1));
    }

    private void sayFailing(DeliveryAttempts attempts, String reason) {
        if (!failing && attempts.failures() == 1) {
            log().log(Level.WARNING, "the webhook did not accept a notice, which will be tried again: {0}", reason);
            failing = true;
        }
    }

    private void drop(Notification notice, String deed, String often, String reason) {
        log().log(
                        Level.ERROR,
                        "the webhook {0} {1} of token \"{2}\" {3}, which is given up: {4}",
                        deed,
                        notice.type(),
                        notice.token().name(),
                        often,
                        reason);
        counts.addDropped();
        notices.done(notice);
    }

    /** The wait after a number of failures, in nanoseconds. */
    private long wait(int failures) {
        long nanos = FIRST_WAIT.toNanos() << Math.min(failures - 1, DOUBLINGS);
        return varied(Duration.ofNanos(Math.min(nanos, LONGEST_WAIT.toNanos())));
    }

    /**
     * A random wait between half of the given one and all of it, so that many clients of a receiver do not retry at the
     * same time.
     */
    private long varied(Duration wait) {
        return wait.toNanos() - random.nextLong(wait.toNanos() / 2);
    }

    private static System.Logger log() {
        return System.getLogger(NotificationDelivery.class.getName());
    }

    /** Does not wait for an attempt in progress: it may still arrive, and is repeated later under the same id. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(PARTING.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        notices.close();
    }
}
