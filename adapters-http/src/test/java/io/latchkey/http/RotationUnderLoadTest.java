package io.latchkey.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.Eventually;
import io.latchkey.application.ManualTicker;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients send requests while a token is rotated repeatedly, by this and by another process on the same store, and
 * switch to the new secret at any time of the grace period.
 */
final class RotationUnderLoadTest {
    private static final long REQUESTS = 100_000;
    private static final int CLIENTS = 3;
    private static final TokenName CI = new TokenName("ci");
    private static final GracePeriod GRACE = new GracePeriod(Duration.ofHours(1));

    private final RunningServer server = new RunningServer();
    private final TokenAuthority elsewhere = new ManualTicker().authority(server.store, server.clock);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    // A client reads and uses a secret under the read lock; secrets are withdrawn under the write lock.
    private final ReadWriteLock grace = new ReentrantReadWriteLock();
    private volatile List<String> usable = List.of();

    @AfterEach
    void close() {
        elsewhere.close();
        server.close();
    }

    @Test
    void accepts_the_old_secret_during_the_grace_period_only() throws Exception {
        ActorAccess here = server.authority.actingAs(new Actor.FileOwner());
        String secret = here.tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .reveal();
        usable = List.of(secret);
        try (var executor = Executors.newFixedThreadPool(CLIENTS);
                var own = new Client(server.port())) {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(executor.submit(asking()));
            }
            for (int round = 0; asked.get() < REQUESTS; round++) {
                ActorAccess there = round % 2 == 0 ? here : elsewhere.actingAs(new Actor.FileOwner());
                TokenSecret fresh = there.tokens()
                        .rotate(CI, GRACE, Optional.empty(), Precondition.NONE)
                        .secret();
                // Changes by another process are seen within 10 ms; the first client that succeeds notifies the others.
                while (!own.passes(fresh.reveal())) {
                    assertThat(there).as("what is done here is known at once").isNotSameAs(here);
                }
                usable = List.of(secret, fresh.reveal());
                waitFor(REQUESTS / 200);
                change(() -> {
                    usable = List.of(fresh.reveal());
                    server.clock.advance(GRACE.span());
                });
                for (int i = 0; i < 10; i++) {
                    assertThat(own.passes(secret)).isFalse();
                }
                secret = fresh.reveal();
            }
            over.set(true);
            for (Future<Void> client : clients) {
                client.get();
            }
        }
        assertThat(refused).hasValue(0);
    }

    private Callable<Void> asking() {
        return () -> {
            try (Client client = new Client(server.port())) {
                while (!over.get()) {
                    grace.readLock().lock();
                    try {
                        List<String> mine = usable;
                        if (!client.passes(mine.get(ThreadLocalRandom.current().nextInt(mine.size())))) {
                            refused.incrementAndGet();
                        }
                        asked.incrementAndGet();
                    } finally {
                        grace.readLock().unlock();
                    }
                }
                return null;
            }
        };
    }

    private void waitFor(long requests) {
        long enough = asked.get() + requests;
        while (asked.get() < enough) {
            Thread.onSpinWait();
        }
    }

    private void change(Runnable act) {
        grace.writeLock().lock();
        try {
            act.run();
        } finally {
            grace.writeLock().unlock();
        }
    }

    /** A persistent connection. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        }

        boolean passes(String secret) throws IOException {
            socket.getOutputStream()
                    .write(("GET /api/v1/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + secret + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String status = line();
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.startsWith("content-length: ")) {
                    length = Integer.parseInt(header.substring("content-length: ".length()));
                }
            }
            in.skipNBytes(length);
            assertThat(status).isIn("HTTP/1.1 204 No Content", "HTTP/1.1 401 Unauthorized");
            return status.contains("204");
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server hung up");
                }
                line.append((char) c);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
