package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small thread pool with a bounded queue for slow requests, so that other requests do not wait for them. If the queue
 * is full, a request is rejected with {@link Problem#UNAVAILABLE}, 503.
 */
public final class BoundedExecutor implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param atOnce maximum number of running tasks
     * @param queued maximum number of waiting tasks
     */
    public BoundedExecutor(String name, int atOnce, int queued) {
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().daemon().name(name, 0).factory(),
                (_, _) -> {
                    throw new ProblemException(Problem.UNAVAILABLE);
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /**
     * Runs a task as soon as a thread is free.
     *
     * @return cancels the task: removes it from the queue, or interrupts its thread
     */
    public Runnable begin(Runnable task) {
        Future<?> submitted = threads.submit(task);
        return () -> {
            submitted.cancel(true);
            if (submitted instanceof Runnable queued) {
                threads.remove(queued);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
