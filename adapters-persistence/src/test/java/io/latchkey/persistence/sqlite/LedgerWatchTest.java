package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.LedgerWatch;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The watch of a ledger while other threads and processes use the same store. */
final class LedgerWatchTest {
    /** The reads of administrators that may take long. */
    static Stream<Arguments> reads() {
        return Stream.of(
                read("snapshot", TokenStore::snapshot),
                read("revision", TokenStore::revision),
                read("all entries", store -> store.tail(0)),
                read("some entries", store -> store.tail(0, 10)),
                read("check", store -> store.check(Optional.empty())));
    }

    private static Arguments read(String name, Consumer<TokenStore> act) {
        return Arguments.of(name, act);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    @Timeout(30)
    void readers_do_not_delay_the_watch(String name, Consumer<TokenStore> read, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("latchkey.db");
        try (var other = SqliteTokenStore.open(file);
                var threads = Executors.newSingleThreadExecutor()) {
            Fixtures.issue(other, "a");
            CountDownLatch entered = new CountDownLatch(1);
            Semaphore pace = new Semaphore(0);
            Database slow = new InterceptedDatabase(new SqliteDatabase(new SqliteFile(file)), () -> {
                entered.countDown();
                pace.acquireUninterruptibly();
            });
            try (var store = new JdbcTokenStore(slow);
                    LedgerWatch watch = store.watch()) {
                var reading = threads.submit(() -> read.accept(store));
                entered.await();
                Fixtures.issue(other, "b");
                assertThat(watch.awaitRevision(0, Duration.ZERO)).isEqualTo(2);
                assertThat(watch.tail(0, 10)).hasSize(2);
                pace.release(1_000);
                reading.get();
            }
        }
    }

    @Test
    void the_watch_returns_entries_of_other_processes_in_pages(@TempDir Path folder) {
        try (var store = SqliteTokenStore.open(folder.resolve("latchkey.db"));
                LedgerWatch watch = store.watch()) {
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isZero();
            Fixtures.issue(store, "a");
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isEqualTo(1);
            Fixtures.issue(store, "b");
            Fixtures.issue(store, "c");
            assertThat(watch.tail(0, 2)).isEqualTo(store.tail(0, 2));
            assertThat(watch.tail(2, 2)).isEqualTo(store.tail(2));
            assertThat(watch.tail(3, 2)).isEmpty();
        }
    }

    @Test
    void the_watch_separates_changed_tokens_from_new_ones(@TempDir Path folder) {
        try (var store = SqliteTokenStore.open(folder.resolve("latchkey.db"));
                LedgerWatch watch = store.watch()) {
            Fixtures.issue(store, "a");
            Fixtures.issue(store, "b");
            Fixtures.revoke(store, "a");
            Fixtures.issue(store, "c");
            Fixtures.revoke(store, "c");
            Fixtures.revoke(store, "b");
            List<LedgerEntry> all = store.tail(0);
            assertThat(watch.changes(0, 6, 10)).containsExactly(all.get(2), all.get(4), all.get(5));
            assertThat(watch.changes(0, 6, 2)).containsExactly(all.get(2), all.get(4));
            assertThat(watch.changes(3, 5, 10)).containsExactly(all.get(4));
            assertThat(watch.changes(3, 4, 10)).isEmpty();
            assertThat(watch.changed(0, 5)).isEqualTo(Map.of(new TokenId(0), 3L, new TokenId(2), 5L));
            assertThat(watch.changed(3, 4)).isEmpty();
        }
    }
}
