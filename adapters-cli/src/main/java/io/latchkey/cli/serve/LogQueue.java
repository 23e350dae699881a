package io.latchkey.cli.serve;

import io.latchkey.application.LogCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of log lines that one thread writes, so that threads that log never wait for a slow reader. Lines
 * beyond the bound are dropped and counted, and a line reports the number when there is space again.
 */
public final class LogQueue implements AutoCloseable {
    /** Maximum number of queued bytes. */
    static final int MOST_BYTES = 1024 * 1024;

    private final OutputStream out;
    private final Duration patience;
    private final LogCounts counts;
    private final LostLines lost;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Queue<byte[]> lines = new ArrayDeque<>();
    private long waiting;
    private long missing;
    private boolean closed;

    /** Formats the line about lost lines. */
    @FunctionalInterface
    interface LostLines {
        /** The line for a number of lost lines. */
        byte[] line(long count);
    }

    /**
     * Creates a queue that writes to a stream.
     *
     * @param patience how long {@link #close} waits for a slow reader
     */
    LogQueue(OutputStream out, Duration patience, LogCounts counts, LostLines lost) {
        this.out = out;
        this.patience = patience;
        this.counts = counts;
        this.lost = lost;
        Thread.ofPlatform().daemon().name("latchkey-log").start(this::write);
    }

    /** Adds a line or drops it, without waiting. */
    void add(byte[] line) {
        lock.lock();
        try {
            if (closed || waiting + line.length > MOST_BYTES) {
                missing++;
                counts.addDropped();
                return;
            }
            if (missing > 0) {
                put(lost.line(missing));
                missing = 0;
            }
            put(line);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] line) {
        lines.add(line);
        waiting += line.length;
    }

    private void write() {
        try {
            for (byte[] line = next(); line.length > 0; line = next()) {
                out.write(line);
                out.flush();
                done(line.length);
            }
        } catch (IOException e) {
            giveUp(); // the reader is gone, and nobody else can be informed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line; empty at the end. */
    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (lines.isEmpty() && !closed) {
                arrived.await();
            }
            return lines.isEmpty() ? new byte[0] : lines.remove();
        } finally {
            lock.unlock();
        }
    }

    private void done(int length) {
        lock.lock();
        try {
            waiting -= length;
            if (waiting == 0) {
                written.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            closed = true;
            lines.forEach(_ -> counts.addDropped());
            lines.clear();
            waiting = 0;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all added lines are written, at most for the patience. */
    public void flush() {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting > 0 && left > 0) {
                left = written.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Writes the queued lines and stops. */
    @Override
    public void close() {
        flush();
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
