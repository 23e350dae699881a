package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of their own, and few, for requests that may keep them long: nobody else is to wait for those. Whoever finds
 * all threads taken stands in line, and beyond the line is sent away with a 503.
 */
public final class BoundedExecutor implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param atOnce how many are served at a time
     * @param inLine how many may wait
     */
    public BoundedExecutor(String name, int atOnce, int inLine) {
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(inLine),
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
     * Begins something as soon as there is a thread for it.
     *
     * @return what gives it up: a task in line loses its place, the thread of one that was begun is interrupted
     */
    public Runnable begin(Runnable task) {
        Future<?> begun = threads.submit(task);
        return () -> {
            begun.cancel(true);
            if (begun instanceof Runnable inLine) {
                threads.remove(inLine);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
