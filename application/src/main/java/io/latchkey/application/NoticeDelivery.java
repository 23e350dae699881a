package io.latchkey.application;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Notices on their way to whoever is to hear of them, on a thread of their own: one after the other, each until it is
 * taken, in ever longer intervals and for three days at most.
 */
final class NoticeDelivery implements AutoCloseable {
    static final Duration LONGEST_WAIT = Duration.ofHours(1);
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final int DOUBLINGS = 11; // and then it is more than the longest
    private static final Duration PARTING = Duration.ofSeconds(1);

    private final Notices notices;
    private final Webhook webhook;
    private final NoticeSender sender;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final RandomGenerator random;
    private final NoticeCounts counts = new NoticeCounts();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("latchkey-notices").unstarted(this::run);
    private volatile boolean closed;

    // Of the thread's own: the notice that is being tried, and since when none is taken.
    private String tried = "";
    private int failures;
    private long firstFailure;
    private long nextTry;
    private boolean failing;

    NoticeDelivery(
            Notices notices,
            Webhook webhook,
            NoticeSender sender,
            InstantSource clock,
            LongSupplier ticker,
            RandomGenerator random) {
        this.notices = notices;
        this.webhook = webhook;
        this.sender = sender;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
    }

    NoticeCounts counts() {
        return counts;
    }

    /** Delivers what there is, every second until closed. */
    void watch() {
        thread.start();
    }

    private void run() {
        boolean stuck = false;
        while (!closed) {
            try {
                deliver();
                stuck = false;
            } catch (RuntimeException e) {
                if (!stuck && !closed) {
                    log().log(Level.WARNING, "it cannot be said what to tell the webhook; it will be tried again", e);
                }
                stuck = true;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Delivers what there is as far as it is taken, and is not to wait. */
    void deliver() {
        notices.record();
        Optional<Notice> next = notices.next(clock.instant());
        while (next.isPresent() && !closed && isTime(next.get())) {
            deliver(next.get());
            next = notices.next(clock.instant());
        }
        notices.record();
    }

    private boolean isTime(Notice notice) {
        if (!notice.id().equals(tried)) {
            tried = notice.id();
            failures = 0;
            return true;
        }
        return failures == 0 || ticker.getAsLong() - nextTry >= 0;
    }

    private void deliver(Notice notice) {
        Optional<String> refusal = sender.send(notice, webhook, clock.instant());
        if (refusal.isPresent()) {
            failed(notice, refusal.get());
            return;
        }
        counts.addDelivered();
        if (failing) {
            log().log(Level.INFO, "the webhook takes notices again");
        }
        failing = false;
        notices.done(notice);
    }

    private void failed(Notice notice, String reason) {
        long now = ticker.getAsLong();
        if (failures == 0) {
            firstFailure = now;
        }
        if (now - firstFailure >= PATIENCE.toNanos()) {
            log().log(
                            Level.ERROR,
                            "the webhook did not take {0} of token \"{1}\" for three days, which is given up: {2}",
                            notice.type(),
                            notice.token().name(),
                            reason);
            counts.addDropped();
            notices.done(notice);
            return;
        }
        if (!failing) {
            log().log(Level.WARNING, "the webhook takes no notice, which will be tried again: {0}", reason);
        }
        failing = true;
        counts.addFailed();
        // A random half of it, so that many who lost the same receiver do not all come back at once.
        long longest = Math.min(FIRST_WAIT.toNanos() << Math.min(failures, DOUBLINGS), LONGEST_WAIT.toNanos());
        nextTry = now + longest - random.nextLong(longest / 2);
        failures++;
    }

    private static System.Logger log() {
        return System.getLogger(NoticeDelivery.class.getName());
    }

    /** What is on its way may still arrive, but is not waited for: it is told again, under the same id. */
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
