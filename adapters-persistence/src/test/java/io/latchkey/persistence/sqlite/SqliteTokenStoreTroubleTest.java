package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTokenStoreTroubleTest {
    private Path file;
    private TokenStore store;
    private LedgerWatch watch;
    private Token first;

    @BeforeEach
    void issue_one(@TempDir Path directory) {
        file = directory.resolve("latchkey.db");
        store = SqliteTokenStore.open(file);
        watch = store.watch();
        first = Fixtures.issue(store, "first").event().after().orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_duplicate_name_is_refused_by_the_table() {
        assertThatThrownBy(() -> append(issued(1, "first", "another secret")))
                .isInstanceOf(TokenFailure.NameTaken.class)
                .hasMessage("token name already exists, first");
        assertUnharmed();
    }

    @Test
    void a_duplicate_secret_is_refused_by_the_table() {
        assertThatThrownBy(() -> append(issued(1, "second", "secret of first")))
                .isInstanceOf(TokenFailure.SecretTaken.class);
        assertUnharmed();
    }

    @Test
    void an_event_that_does_not_follow_from_the_tokens_is_a_bug() {
        assertThatThrownBy(() -> append(issued(0, "second", "another secret")))
                .isInstanceOf(IllegalStateException.class);
        Token never = issued(1, "never", "never").token();
        assertThatThrownBy(() -> append(new TokenEvent.Revoked(new Actor.FileOwner(), Instant.EPOCH, never)))
                .isInstanceOf(IllegalStateException.class);
        Fixtures.revoke(store, "first");
        assertThatThrownBy(() -> append(issued(0, "again", "another secret")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_decision_inside_a_decision_is_a_bug() {
        assertThatThrownBy(() -> store.append(_ -> {
                    append(issued(1, "inner", "inner"));
                    return issued(1, "outer", "outer");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertUnharmed();
    }

    @Test
    void a_failure_between_token_and_ledger_row_is_rolled_back() throws SQLException {
        Fixtures.sql(file, "CREATE TRIGGER trouble BEFORE INSERT ON ledger BEGIN SELECT RAISE(FAIL, 'no'); END");
        assertThatThrownBy(() -> Fixtures.issue(store, "second"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith(file.toString());
        assertThat(store.find(new TokenName("second"))).isEmpty();
        Fixtures.sql(file, "DROP TRIGGER trouble");
        assertUnharmed();
    }

    @Test
    void a_moved_file_is_neither_read_nor_written_until_it_is_moved_back() throws IOException {
        Path elsewhere = file.resolveSibling("elsewhere.db");
        assertThat(lookOften()).isOne();
        Files.move(file, elsewhere);
        assertMoved();
        try (TokenStore other = SqliteTokenStore.open(file.resolveSibling("other.db"))) {
            Fixtures.issue(other, "other");
        }
        Files.move(file.resolveSibling("other.db"), file);
        assertMoved();
        Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(lookOften()).isOne();
        assertUnharmed();
    }

    private long lookOften() {
        for (int i = 1; i < RevisionPoller.CALLS_PER_FILE_CHECK; i++) {
            watch.awaitRevision(0, Duration.ZERO);
        }
        return watch.awaitRevision(0, Duration.ZERO);
    }

    private void assertMoved() {
        String sentence = file + " is no longer the file that was opened: move it back, or restart this process";
        assertThatThrownBy(this::lookOften)
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> Fixtures.issue(store, "lost"))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
    }

    @Test
    void a_damaged_row_is_reported_as_damage_and_not_as_an_error_of_the_caller() throws SQLException {
        Fixtures.sql(file, "UPDATE token SET name = ' first'");
        assertThatThrownBy(() -> store.snapshot())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " is damaged at token 0: stop all processes that use it, then restore a backup");
        assertThat(store.firstBroken()).hasValue(2);
    }

    @Test
    void readers_do_not_wait_for_a_writer() throws Exception {
        var deciding = new CountDownLatch(1);
        var read = new CountDownLatch(1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            var appended = executor.submit(() -> store.append(_ -> {
                deciding.countDown();
                try {
                    read.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return issued(1, "second", "second");
            }));
            deciding.await();
            assertThat(store.revision()).isEqualTo(1);
            assertThat(store.snapshot().tokens()).containsExactly(first);
            assertThat(store.find(new TokenName("second"))).isEmpty();
            assertThat(store.tail(0)).hasSize(1);
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isEqualTo(1);
            assertThat(watch.tail(0, 2)).hasSize(1);
            read.countDown();
            assertThat(appended.get().revision()).isEqualTo(2);
        }
    }

    @Test
    void a_closed_store_is_unavailable() {
        store.close();
        assertThatThrownBy(() -> store.revision()).isInstanceOf(AuthorityUnavailable.class);
        assertThatThrownBy(() -> store.snapshot()).isInstanceOf(AuthorityUnavailable.class);
        assertThatThrownBy(() -> watch.awaitRevision(0, Duration.ZERO)).isInstanceOf(AuthorityUnavailable.class);
        assertThatThrownBy(() -> Fixtures.issue(store, "x")).isInstanceOf(AuthorityUnavailable.class);
        store.close();
    }

    private void assertUnharmed() {
        assertThat(store.snapshot().tokens()).containsExactly(first);
        assertThat(Fixtures.issue(store, "free").revision()).isEqualTo(2);
        assertThat(store.firstBroken()).isEmpty();
    }

    private void append(TokenEvent event) {
        assertThat(store.append(_ -> event).event()).isEqualTo(event);
    }

    private TokenEvent.Issued issued(long id, String name, String secret) {
        return new TokenEvent.Issued(
                new Actor.FileOwner(),
                first.createdAt(),
                new Token(
                        new TokenVersion(new TokenId(id), 1),
                        new TokenName(name),
                        new SecretDigests(TokenSecret.presented(secret).digest(), 1, List.of(), Optional.empty()),
                        first.description(),
                        first.expiry(),
                        first.createdAt(),
                        first.createdBy(),
                        first.lastChange(),
                        first.disablement()));
    }
}
