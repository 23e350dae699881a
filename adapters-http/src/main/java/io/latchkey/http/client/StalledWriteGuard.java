package io.latchkey.http.client;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * Cuts a connection to which something is written when the other side takes nothing for too long: Java gives up a read
 * after a while, but no write.
 */
final class StalledWriteGuard implements AutoCloseable {
    private final Socket socket;
    private final Duration patience;
    private long end;
    private boolean cut;
    private boolean done;

    /** @param patience for each write */
    StalledWriteGuard(Socket socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
        begin();
        Thread.ofPlatform().daemon().name("latchkey-stall-watch").start(this::watch);
    }

    /** A write begins. */
    synchronized void begin() {
        end = System.nanoTime() + patience.toNanos();
    }

    /** Whether a write failed because it took too long. */
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
            // Nobody interrupts it; and what does not close is closed already.
        }
    }

    /** In milliseconds, rounded up. */
    private long left() {
        return Duration.ofNanos(end - System.nanoTime() + 999_999).toMillis();
    }

    /** Everything is written, or nothing more will be. */
    @Override
    public synchronized void close() {
        done = true;
        notifyAll();
    }
}
