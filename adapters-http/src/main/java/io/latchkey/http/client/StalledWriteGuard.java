package io.latchkey.http.client;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * A timeout for writing to a socket, which Java has only for reading: closes the socket if a write takes too long.
 */
final class StalledWriteGuard implements AutoCloseable {
    private final Socket socket;
    private final Duration timeout;
    private long end;
    private boolean cut;
    private boolean done;

    /** @param timeout of each write */
    StalledWriteGuard(Socket socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
        begin();
        Thread.ofPlatform().daemon().name("latchkey-stall-watch").start(this::watch);
    }

    /** Starts the timeout of the next write. */
    synchronized void begin() {
        end = System.nanoTime() + timeout.toNanos();
    }

    /** Whether a write took too long, so that the socket was closed. */
    synchronized boolean hasCut() {
        return cut;
    }

    private synchronized void watch() {
        try {
            for (long left = left(); !done && left > 0; left = left()) {
                wait(left);
            }
            if (!done) {
                cut = true;
                socket.close();
            }
        } catch (InterruptedException | IOException e) {
            // Nobody interrupts this thread, and a socket that fails to close is closed already.
        }
    }

    /** Remaining time in milliseconds, rounded up. */
    private long left() {
        return Duration.ofNanos(end - System.nanoTime() + 999_999).toMillis();
    }

    /** Stops the timeout. */
    @Override
    public synchronized void close() {
        done = true;
        notifyAll();
    }
}
