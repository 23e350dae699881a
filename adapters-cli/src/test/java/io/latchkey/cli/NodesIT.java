package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers of the image on one database, one of which is killed: what a change has ended when it is answered, no server
 * accepts any more, and what it has made, all of them accept.
 */
class NodesIT {
    /** Changes in all; {@code -Dlatchkey.nodes.changes=100000} makes it long. */
    private static final int CHANGES = Integer.getInteger("latchkey.nodes.changes", 600);

    private static final int CLIENTS = 8;

    /** In place of a status. */
    private static final int KILLED = -1;

    @TempDir
    Path home;

    private final List<String> contradictions = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger verdicts = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final CountDownLatch half = new CountDownLatch(CHANGES / 2);
    private volatile int alive = 3;

    @Test
    void no_verdict_contradicts_the_order_of_changes_and_a_killed_server_takes_nothing_with_it() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start()) {
            ChildProcess latchkey = new ChildProcess(home);
            String url = "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
            String operator = latchkey.run("create", "token", "--admin", "--format", "token", "--db", url)
                    .out()
                    .strip();
            try (var one = latchkey.serve("--db", url);
                    var two = latchkey.serve("--db", url);
                    var three = latchkey.serve("--db", url)) {
                List<ChildProcess.Server> servers = List.of(one, two, three);
                try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                    List<Future<Void>> all = new ArrayList<>();
                    for (int i = 0; i < CLIENTS; i++) {
                        all.add(clients.submit(new Client(servers, operator, i)));
                    }
                    assertThat(half.await(2, TimeUnit.HOURS)).isTrue();
                    alive = 2;
                    three.process().destroyForcibly();
                    for (Future<Void> each : all) {
                        each.get();
                    }
                }
            }
            System.Logger log = System.getLogger(NodesIT.class.getName());
            log.log(
                    System.Logger.Level.INFO,
                    "{0} changes, {1} verdicts, {2} times 503",
                    changes.get(),
                    verdicts.get(),
                    unavailable.get());
            assertThat(contradictions).isEmpty();
            assertThat(verdicts.get()).isGreaterThan(CHANGES);
            assertThat(latchkey.run("verify", "ledger", "--db", url).out()).contains("Ledger intact");
        }
    }

    /** Makes tokens of its own and changes them, each time through another server. */
    private final class Client implements Callable<Void> {
        private final List<HttpProbe> probes;
        private final String operator;
        private final int number;
        private final Random random;
        private int made;

        Client(List<ChildProcess.Server> servers, String operator, int number) {
            this.probes = servers.stream()
                    .map(server -> new HttpProbe(server.address(), Duration.ZERO))
                    .toList();
            this.operator = operator;
            this.number = number;
            this.random = new Random(number);
        }

        @Override
        public Void call() throws Exception {
            while (changes.get() < CHANGES) {
                live();
            }
            return null;
        }

        /** One token from its creation to its end; given up when the outcome of a change is not known. */
        private void live() throws InterruptedException {
            String name = "c" + number + "-" + made++;
            Optional<String> secret = change(
                            "POST", "?wait=nodes", "{\"name\":\"" + name + "\",\"permissions\":[\"service:web:read\"]}")
                    .map(HttpProbe::secret);
            while (secret.isPresent()) {
                String now = secret.get();
                expect(now, 204, name + " is live");
                switch (random.nextInt(3)) {
                    case 0 -> {
                        secret = change("POST", "/" + name + "/rotate?wait=nodes", "{}")
                                .map(HttpProbe::secret);
                        if (secret.isPresent()) {
                            expect(now, 401, name + " has another secret");
                        }
                    }
                    case 1 -> {
                        if (change("POST", "/" + name + "/disable?wait=nodes", "{}")
                                .isEmpty()) {
                            return;
                        }
                        expect(now, 401, name + " is disabled");
                        if (change("POST", "/" + name + "/enable?wait=nodes", "{}")
                                .isEmpty()) {
                            return;
                        }
                    }
                    default -> {
                        if (change("DELETE", "/" + name + "?wait=nodes", "").isPresent()) {
                            expect(now, 401, name + " is revoked");
                        }
                        return;
                    }
                }
            }
        }

        private Optional<HttpResponse<String>> change(String method, String path, String body)
                throws InterruptedException {
            try {
                HttpResponse<String> answer = any().send(method, "/api/v1/tokens" + path, operator, body);
                changes.incrementAndGet();
                half.countDown();
                if (answer.statusCode() / 100 != 2 && answer.statusCode() != 503) {
                    contradictions.add(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
                }
                return answer.statusCode() / 100 == 2 ? Optional.of(answer) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty(); // the server was killed
            }
        }

        private HttpProbe any() {
            return probes.get(random.nextInt(alive));
        }

        private void expect(String secret, int status, String why) throws InterruptedException {
            for (HttpProbe probe : probes) {
                int answer = verdict(probe, secret);
                if (answer != KILLED && answer != 503 && answer != status) {
                    contradictions.add(why + ", but a server answered " + answer);
                }
            }
        }

        private int verdict(HttpProbe probe, String secret) throws InterruptedException {
            try {
                int answer = probe.verify(secret, "service:web:read");
                (answer == 503 ? unavailable : verdicts).incrementAndGet();
                return answer;
            } catch (IOException e) {
                return KILLED;
            }
        }
    }
}
