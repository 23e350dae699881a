package io.latchkey.cli;

import io.latchkey.application.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who has a server make one token after the other, until it is over. */
final class ConcurrentWrites {
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    /** Begins, and is well under way. */
    ConcurrentWrites(HttpProbe wire, String operator) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                while (!over.get()) {
                    acknowledged.add(HttpProbe.secret(wire.createNamed(operator, "n" + acknowledged.size())));
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        awaitMoreThan(50);
    }

    /** The secrets of the tokens that are known to be there. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    void awaitMoreThan(int tokens) {
        Eventually.until(() -> acknowledged.size() > tokens);
    }

    void end() throws InterruptedException {
        over.set(true);
        thread.join();
    }
}
