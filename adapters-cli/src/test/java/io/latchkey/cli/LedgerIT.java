package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.command.ExitCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that a thousand operations were written to, while servers were killed. */
class LedgerIT {
    private static final int OPERATIONS = 1000;
    private static final int KILLS = 4;
    private static final int CLIENTS = 3;

    @TempDir
    Path home;

    @Test
    void verifies_after_a_thousand_operations_among_which_servers_were_killed() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        AtomicInteger done = new AtomicInteger();
        List<String> heads = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = OPERATIONS * kill / KILLS;
            try (var server = latchkey.serve();
                    var wire = new HttpProbe(server.address())) {
                operate(server, wire, operator, done, enough, kill);
            }
            heads.add(head(latchkey.run("verify", "ledger")));
        }
        assertThat(done.get()).isGreaterThanOrEqualTo(OPERATIONS);
        for (String head : heads) {
            head(latchkey.run("verify", "ledger", "--expect-head", head));
        }
        assertThat(latchkey.run("show", "ledger", "--format", "jsonl")
                        .out()
                        .lines()
                        .count())
                .isGreaterThan(OPERATIONS);
        assertThat(latchkey.run("verify", "ledger", "--expect-head", "0".repeat(64))
                        .code())
                .isEqualTo(ExitCode.FINDINGS);
    }

    /** Creates, edits and revokes tokens at random, and kills the server after so many were acknowledged in all. */
    private static void operate(
            ChildProcess.Server server, HttpProbe wire, String operator, AtomicInteger done, int enough, int seed)
            throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(100L * seed + client);
            clients.add(Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        HttpResponse<String> answer = operate(wire, operator, random);
                        assertThat(answer.statusCode()).isLessThan(500);
                        if (answer.statusCode() < 300 && done.incrementAndGet() >= enough) {
                            server.process().destroyForcibly();
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    return; // the server is gone, which is the point
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private static HttpResponse<String> operate(HttpProbe wire, String operator, Random random)
            throws IOException, InterruptedException {
        String name = "t" + random.nextInt(30);
        String path = "/api/v1/tokens/" + name;
        return switch (random.nextInt(4)) {
            case 0, 1 -> wire.createNamed(operator, name);
            case 2 -> wire.send("PATCH", path, operator, "{\"description\":\"" + random.nextInt() + "\"}");
            default -> wire.send("DELETE", path, operator, "");
        };
    }

    private static String head(ChildProcess.Result verified) {
        assertThat(verified.err()).isEmpty();
        assertThat(verified.out()).startsWith("Ledger intact: ");
        assertThat(verified.code()).isZero();
        return verified.out().substring(verified.out().indexOf("head: ") + 6).strip();
    }
}
