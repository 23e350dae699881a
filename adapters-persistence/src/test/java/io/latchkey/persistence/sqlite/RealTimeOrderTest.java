package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that verdicts and changes on a real file are linearizable: as if everything had happened one after the other.
 *
 * <p>Every secret becomes valid once and ends once, and is not known before. So the verdicts on one secret are in order
 * if there is a time, between the beginning and the end of the change that ended it, before which none refused and after
 * which none accepted. If this holds for each secret, it holds for all together (linearizability is local).
 */
final class RealTimeOrderTest {
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int NAMED_EACH = 100;
    private static final int REGENERATIONS = 100;
    private static final int ENOUGH = 100_000;

    private final AtomicReferenceArray<Life> newest = new AtomicReferenceArray<>(WRITERS + 1);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void no_verdict_contradicts_the_order_of_real_time(@TempDir Path directory) throws Exception {
        try (TokenStore store = SqliteTokenStore.open(directory.resolve("latchkey.db"));
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom());
                var threads = Executors.newCachedThreadPool()) {
            authority.start();
            ActorAccess owner = authority.actingAs(new Actor.FileOwner());
            newest.set(WRITERS, new Life(owner.tokens().createOperator().secret()));
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int seed = i;
                readers.add(threads.submit(() -> verdicts(authority, new Random(seed))));
            }
            List<Callable<List<Life>>> writers = new ArrayList<>();
            writers.add(() -> regenerate(owner));
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(() -> createAndRevoke(owner, writer));
            }
            List<Life> lives = new ArrayList<>();
            for (Future<List<Life>> ended : threads.invokeAll(writers)) {
                lives.addAll(ended.get());
            }
            over.set(true);
            int verdicts = 0;
            for (Future<Integer> given : readers) {
                verdicts += given.get();
            }
            assertThat(verdicts).isGreaterThan(ENOUGH);
            assertThat(lives).hasSize(WRITERS * NAMED_EACH + REGENERATIONS).allSatisfy(Life::check);
        }
    }

    private List<Life> createAndRevoke(ActorAccess owner, int writer) {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < NAMED_EACH; i++) {
            var name = new TokenName("token " + writer);
            var life = new Life(owner.tokens()
                    .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                    .secret());
            newest.set(writer, life);
            life.end(() -> owner.tokens().revoke(name, Precondition.NONE));
            lives.add(life);
        }
        return lives;
    }

    private List<Life> regenerate(ActorAccess owner) {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < REGENERATIONS; i++) {
            Life life = newest.get(WRITERS);
            life.end(() -> newest.set(
                    WRITERS, new Life(owner.tokens().regenerateOperator().secret())));
            lives.add(life);
        }
        return lives;
    }

    /** Asks for some verdicts on one secret, perhaps across its end, and then on another. */
    private int verdicts(TokenAuthority authority, Random random) {
        int given = 0;
        while (!over.get() || given < ENOUGH) {
            Life life = newest.get(random.nextInt(WRITERS + 1));
            for (int i = 0; i < 100 && life != null; i++) {
                life.judge(authority);
                given++;
            }
        }
        return given;
    }

    /** The observations of one secret. */
    private static final class Life {
        private static final long START = System.nanoTime();

        private final TokenSecret secret;
        private final LongAccumulator lastYesBegan = new LongAccumulator(Math::max, Long.MIN_VALUE);
        private final LongAccumulator firstNoEnded = new LongAccumulator(Math::min, Long.MAX_VALUE);
        private long endBegan;
        private long endEnded;

        Life(TokenSecret secret) {
            this.secret = secret;
        }

        void judge(TokenAuthority authority) {
            long began = now();
            switch (authority.authenticate(secret)) {
                case Verdict.Accepted _ -> lastYesBegan.accumulate(began);
                case Verdict.Refused _ -> firstNoEnded.accumulate(now());
                case Verdict.Unavailable _ -> {} // contradicts nothing
            }
        }

        void end(Runnable change) {
            endBegan = now();
            change.run();
            endEnded = now();
        }

        void check() {
            assertThat(lastYesBegan.get()).as("a yes after the end").isLessThanOrEqualTo(endEnded);
            assertThat(firstNoEnded.get()).as("a no before the end").isGreaterThanOrEqualTo(endBegan);
            assertThat(lastYesBegan.get()).as("a yes after a no").isLessThanOrEqualTo(firstNoEnded.get());
        }

        /** Counted from zero, so that all values can be compared. */
        private static long now() {
            return System.nanoTime() - START;
        }
    }
}
