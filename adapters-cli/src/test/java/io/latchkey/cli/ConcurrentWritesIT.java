package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are killed while they create tokens: what was acknowledged stays.
 *
 * <p>{@code -Dlatchkey.kills=100} for the long version.
 */
class ConcurrentWritesIT {
    private static final int KILLS = Integer.getInteger("latchkey.kills", 15);
    private static final int CLIENTS = 4;

    @TempDir
    Path home;

    private final AtomicInteger names = new AtomicInteger();

    @Test
    void every_token_that_was_acknowledged_works_after_the_server_was_killed() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        List<String> acknowledged = new ArrayList<>(List.of(operator));
        List<String> newest = acknowledged;
        for (int kill = 0; kill <= KILLS; kill++) {
            try (var server = latchkey.serve();
                    var wire = new HttpProbe(server.address())) {
                for (String secret : newest) {
                    assertThat(wire.knock(secret)).isEqualTo(200);
                }
                if (kill < KILLS) {
                    // A different moment each time, always with requests under way.
                    newest = storm(server, wire, operator, 5 + 7 * (kill % 11));
                    acknowledged.addAll(newest);
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(5 * KILLS).doesNotHaveDuplicates();
        Secrets.assertNowhereIn(home, acknowledged);
        assertWhole(latchkey.file(), acknowledged.size());
    }

    /** Creates tokens from several clients, and kills the server after so many were acknowledged. */
    private List<String> storm(ChildProcess.Server server, HttpProbe wire, String operator, int enough)
            throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        HttpResponse<String> answer = wire.createNamed(operator, "n" + names.incrementAndGet());
                        assertThat(answer.statusCode()).isEqualTo(201);
                        acknowledged.add(HttpProbe.secret(answer));
                        if (acknowledged.size() >= enough) { // not ==: two may step past it together
                            server.process().destroyForcibly();
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    // The server is gone, which is the point.
                    return;
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
        return List.copyOf(acknowledged);
    }

    private static void assertWhole(Path file, int atLeast) {
        try (TokenStore store = new Assembly().stores().open(new StoreLocation.File(file))) {
            assertThat(store.firstBroken()).isEmpty();
            TokenStore.Snapshot snapshot = store.snapshot();
            assertThat(snapshot.tokens()).hasSizeGreaterThanOrEqualTo(atLeast);
            // Nothing but creations: one entry, one token.
            assertThat(snapshot.revision()).isEqualTo(snapshot.tokens().size());
        }
    }
}
