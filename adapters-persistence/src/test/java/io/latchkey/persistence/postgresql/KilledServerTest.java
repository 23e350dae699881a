package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills PostgreSQL while nodes change tokens and give verdicts. {@code -Dlatchkey.kill.rounds=30} makes it long. */
final class KilledServerTest {
    private static final int ROUNDS = Integer.getInteger("latchkey.kill.rounds", 3);
    private static final int NODES = 2;
    private static final int ENOUGH = 20;

    private final Queue<TokenName> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void no_acknowledged_change_is_lost_and_nodes_go_on_by_themselves(@TempDir Path data) throws Exception {
        try (OwnServer server = new OwnServer(data);
                var threads = Executors.newCachedThreadPool()) {
            List<TestNode> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(new TestNode(server.location()));
            }
            TokenSecret secret = nodes.getFirst().create(new TokenName("valid"));
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (TestNode node : nodes) {
                node.start();
                Eventually.until(() -> node.accepts(secret));
                tasks.add(() -> write(node.store()));
                tasks.add(() -> write(node.store()));
                tasks.add(() -> judge(node, secret));
            }
            List<Future<Integer>> running = tasks.stream().map(threads::submit).toList();
            for (int round = 0; round < ROUNDS; round++) {
                int before = acknowledged.size();
                Eventually.until(() -> acknowledged.size() > before + ENOUGH);
                server.killAndStart();
            }
            int before = acknowledged.size();
            Eventually.until(() -> acknowledged.size() > before + ENOUGH);
            nodes.forEach(node -> Eventually.until(() -> node.accepts(secret)));
            over.set(true);
            for (Future<Integer> task : running) {
                assertThat(task.get()).isPositive();
            }
            TokenStore store = nodes.getFirst().store();
            Collection<TokenName> stored = store.snapshot().tokens().stream()
                    .map(token -> token.name())
                    .toList();
            assertThat(stored).containsAll(acknowledged);
            assertThat(store.revision()).isEqualTo(stored.size());
            assertThat(store.firstBroken()).isEmpty();
            nodes.forEach(TestNode::close);
        }
    }

    private int write(TokenStore store) {
        while (!over.get()) {
            TokenName name = new TokenName("token " + names.incrementAndGet());
            if (Changes.isDone(() -> Changes.create(store, name))) {
                acknowledged.add(name); // otherwise it may be there, or not
            }
        }
        return 1;
    }

    /** The number of yeses; there must be no no. */
    private int judge(TestNode node, TokenSecret secret) {
        int accepted = 0;
        while (!over.get()) {
            LockSupport.parkNanos(100_000); // leaves the CPU to the writers
            switch (node.verdict(secret)) {
                case Verdict.Accepted _ -> accepted++;
                case Verdict.Unavailable _ -> {}
                case Verdict.Refused no -> throw new AssertionError(no.toString());
            }
        }
        return accepted;
    }
}
