package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenName;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Changes by many threads of many processes' stores, in turns with the smallest transaction there is: one that updates one
 * row; logs how many there are of both. {@code -Dlatchkey.writers.rounds=60} makes it long.
 */
final class ManyWritersTest {
    private static final int ROUNDS = Integer.getInteger("latchkey.writers.rounds", 4);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int STORES = 4;
    private static final int WRITERS = 4;

    private final StoreLocation.Postgres database = Postgres.database();
    private final AtomicLong names = new AtomicLong();

    @Test
    void writers_of_several_nodes_make_one_chain_without_a_gap() throws Exception {
        List<TokenStore> stores = Stream.generate(() -> PostgresTokenStore.open(database))
                .limit(STORES)
                .toList();
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Connection bare = Postgres.connect(database)) {
            stores.forEach(store -> Changes.create(store, name()));
            Postgres.execute(database, "CREATE TABLE bare (one INTEGER PRIMARY KEY, n BIGINT)");
            Postgres.execute(database, "INSERT INTO bare VALUES (1, 0)");
            double transactions = 0;
            double changes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                transactions += perSecond(() -> transactions(bare)) / ROUNDS;
                changes += perSecond(() -> changes(threads, stores)) / ROUNDS;
            }
            TokenStore store = stores.getFirst();
            assertThat(store.revision()).isEqualTo(names.get());
            assertThat(store.snapshot().tokens()).hasSize(Math.toIntExact(names.get()));
            assertThat(store.firstBroken()).isEmpty();
            System.getLogger(ManyWritersTest.class.getName())
                    .log(
                            Level.INFO,
                            "%.0f changes and %.0f bare transactions a second".formatted(changes, transactions));
        } finally {
            stores.forEach(TokenStore::close);
        }
    }

    private TokenName name() {
        return new TokenName("token " + names.incrementAndGet());
    }

    private static double perSecond(Callable<Long> work) throws Exception {
        long begun = System.nanoTime();
        return work.call() * 1e9 / (System.nanoTime() - begun);
    }

    private static long transactions(Connection bare) throws Exception {
        long count = 0;
        try (PreparedStatement update = bare.prepareStatement("UPDATE bare SET n = n + 1 WHERE one = 1")) {
            for (long end = System.nanoTime() + ROUND.toNanos(); System.nanoTime() < end; count++) {
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
        return count;
    }

    private long changes(ExecutorService threads, List<TokenStore> stores) throws Exception {
        long end = System.nanoTime() + ROUND.toNanos();
        List<Callable<Long>> writers = new ArrayList<>();
        for (TokenStore store : stores) {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(() -> {
                    long count = 0;
                    for (; System.nanoTime() < end; count++) {
                        var _ = Changes.create(store, name());
                    }
                    return count;
                });
            }
        }
        long count = 0;
        for (Future<Long> written : threads.invokeAll(writers)) {
            count += written.get();
        }
        return count;
    }
}
