package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.StoreLocation;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that no verdict of any node contradicts the real-time order of changes that wait for all nodes.
 *
 * <p>Every secret becomes valid once and ends once. While its end is under way, some nodes know of it and others do not; so
 * what is checked is: no node refuses before the end began, none accepts after it was done, and none accepts after it
 * refused. {@code -Dlatchkey.order.changes=30000} makes it long.
 */
final class NodesRealTimeOrderTest {
    private static final int NODES = 3;
    private static final int WRITERS = 4;
    private static final int CYCLES = Integer.getInteger("latchkey.order.changes", 400) / WRITERS / 4;

    private final StoreLocation.Postgres database = Postgres.database();
    private final AtomicReferenceArray<Life> newest = new AtomicReferenceArray<>(WRITERS);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void no_verdict_of_a_node_contradicts_the_order_of_real_time() throws Exception {
        List<TestNode> nodes =
                Stream.generate(() -> new TestNode(database)).limit(NODES).toList();
        try (var threads = Executors.newCachedThreadPool()) {
            nodes.forEach(TestNode::start);
            List<Future<Long>> readers = IntStream.range(0, NODES)
                    .mapToObj(node -> threads.submit(() -> verdicts(nodes.get(node), node)))
                    .toList();
            List<Callable<List<Life>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(() -> changes(nodes, writer));
            }
            List<Life> lives = new ArrayList<>();
            for (Future<List<Life>> ended : threads.invokeAll(writers)) {
                lives.addAll(ended.get());
            }
            over.set(true);
            for (Future<Long> given : readers) {
                assertThat(given.get()).isPositive();
            }
            assertThat(lives).hasSize(WRITERS * CYCLES * 3).allSatisfy(Life::check);
            assertThat(lives.stream().mapToLong(Life::yeses).sum()).isGreaterThan(lives.size());
            assertThat(nodes.getFirst().store().firstBroken()).isEmpty();
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    /** Creates, rotates, disables and revokes tokens, each time on another node. */
    private List<Life> changes(List<TestNode> nodes, int writer) {
        Random random = new Random(writer);
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < CYCLES; i++) {
            TokenName name = new TokenName("token " + writer + " " + i);
            Life first = begin(
                    writer,
                    lives,
                    access(nodes, random)
                            .tokens()
                            .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                            .secret());
            TokenSecret[] next = new TokenSecret[1];
            first.end(() -> next[0] = access(nodes, random)
                    .tokens()
                    .rotate(name, GracePeriod.NONE, Optional.empty(), Precondition.NONE)
                    .secret());
            Life second = begin(writer, lives, next[0]);
            second.end(() -> access(nodes, random).tokens().disable(name, Reason.NONE, Precondition.NONE));
            TokenName other = new TokenName("other " + writer + " " + i);
            Life third = begin(
                    writer,
                    lives,
                    access(nodes, random)
                            .tokens()
                            .createNamed(other, Lifetime.UNLIMITED, Description.NONE)
                            .secret());
            third.end(() -> access(nodes, random).tokens().revoke(other, Precondition.NONE));
        }
        return lives;
    }

    private static ActorAccess access(List<TestNode> nodes, Random random) {
        return nodes.get(random.nextInt(NODES))
                .owner()
                .waiting(new ChangeWait(Optional.of(ChangeWait.WaitFor.NODES), _ -> {}));
    }

    private Life begin(int writer, List<Life> lives, TokenSecret secret) {
        Life life = new Life(secret);
        newest.set(writer, life);
        lives.add(life);
        return life;
    }

    private long verdicts(TestNode node, int number) {
        Random random = new Random(number);
        long given = 0;
        while (!over.get()) {
            Life life = newest.get(random.nextInt(WRITERS));
            for (int i = 0; i < 20 && life != null; i++) {
                life.judge(node, number);
                given++;
            }
            LockSupport.parkNanos(100_000); // leaves the CPU to the writers
        }
        return given;
    }

    /** The observations of one secret, by node. */
    private static final class Life {
        private static final long START = System.nanoTime();

        private final TokenSecret secret;
        private final List<LongAccumulator> lastYesBegan = accumulators(Long.MIN_VALUE);
        private final List<LongAccumulator> firstNoEnded = accumulators(Long.MAX_VALUE);
        private long endBegan;
        private long endEnded;

        Life(TokenSecret secret) {
            this.secret = secret;
        }

        private static List<LongAccumulator> accumulators(long identity) {
            return Stream.generate(
                            () -> new LongAccumulator(identity == Long.MIN_VALUE ? Math::max : Math::min, identity))
                    .limit(NODES)
                    .toList();
        }

        void judge(TestNode node, int number) {
            long began = now();
            switch (node.verdict(secret)) {
                case Verdict.Accepted _ -> lastYesBegan.get(number).accumulate(began);
                case Verdict.Refused _ -> firstNoEnded.get(number).accumulate(now());
                case Verdict.Unavailable _ -> {} // contradicts nothing
            }
        }

        void end(Runnable change) {
            endBegan = now();
            change.run();
            endEnded = now();
        }

        long yeses() {
            return lastYesBegan.stream()
                    .filter(yes -> yes.get() > Long.MIN_VALUE)
                    .count();
        }

        void check() {
            for (int node = 0; node < NODES; node++) {
                long yes = lastYesBegan.get(node).get();
                long no = firstNoEnded.get(node).get();
                assertThat(yes).as("a yes after the end").isLessThanOrEqualTo(endEnded);
                assertThat(no).as("a no before the end").isGreaterThanOrEqualTo(endBegan);
                assertThat(yes).as("a yes after a no").isLessThanOrEqualTo(no);
            }
        }

        /** Counted from zero, so that all values can be compared. */
        private static long now() {
            return System.nanoTime() - START;
        }
    }
}
