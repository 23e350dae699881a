package io.latchkey.application;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Runs something on a thread of its own that waits at each pause until it is told to go on. */
final class Lockstep {
    private static final ThreadLocal<Optional<Lockstep>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    private final Semaphore go = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean over;
    private volatile boolean abandoned;

    private Lockstep() {}

    /** Runs it up to its first pause, or to its end. */
    static Lockstep begin(Runnable work) {
        Lockstep step = new Lockstep();
        Thread.ofPlatform().daemon().start(() -> step.run(work));
        step.stopped.acquireUninterruptibly();
        return step;
    }

    private void run(Runnable work) {
        CURRENT.set(Optional.of(this));
        try {
            work.run();
        } catch (Abandoned _) {
            // its process is killed
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            over = true;
            stopped.release();
        }
    }

    /** Waits, on a thread that runs in lockstep; does nothing on others. */
    static void pause() {
        CURRENT.get().ifPresent(Lockstep::await);
    }

    private void await() {
        stopped.release();
        go.acquireUninterruptibly();
        if (abandoned) {
            throw new Abandoned();
        }
    }

    /** Runs it up to its next pause, or to its end. */
    void next() {
        if (!over) {
            go.release();
            stopped.acquireUninterruptibly();
        }
        failure.ifPresent(thrown -> {
            throw thrown;
        });
    }

    /** Runs it to its end. */
    void end() {
        do {
            next();
        } while (!over);
    }

    /** Ends it where it waits. */
    void abandon() {
        abandoned = true;
        end();
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Abandoned extends RuntimeException {}
}
