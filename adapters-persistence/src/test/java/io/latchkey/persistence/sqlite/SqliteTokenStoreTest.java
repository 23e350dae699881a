package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStoreContract;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.JdbcTokenStore;
import io.latchkey.persistence.jdbc.JsonTokenLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTokenStoreTest implements TokenStoreContract {
    @TempDir
    Path directory;

    private TokenStore one;
    private TokenStore other;

    @BeforeEach
    void open() {
        Path file = directory.resolve("latchkey.db");
        one = SqliteTokenStore.open(file);
        other = SqliteTokenStore.open(file);
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
    }

    @Override
    public TokenStore store() {
        return one;
    }

    @Override
    public TokenStore another() {
        return other;
    }

    @Override
    public TokenStore elsewhere() {
        return SqliteTokenStore.open(directory.resolve("other instance.db"));
    }

    @Override
    public Token exported(Token token) {
        TokenLines lines = new JsonTokenLines();
        return lines.read(lines.write(token), NOW);
    }

    @Override
    public TokenStore opened(byte[] copy) throws IOException {
        Path file = Files.createDirectory(directory.resolve("elsewhere")).resolve("copy.db");
        Files.write(file, copy);
        return SqliteTokenStore.open(file);
    }

    @Test
    void a_backup_stream_has_no_file_name() throws IOException {
        Fixtures.issue(store(), "a");
        try (StoreBackup copy = store().backUp()) {
            assertNothingBeside();
            assertThat(copy.content().readNBytes(15)).asString().isEqualTo("SQLite format 3");
        }
    }

    @Test
    void a_store_with_a_broken_ledger_has_no_backup() throws Exception {
        Fixtures.issue(store(), "a");
        Fixtures.sql(directory.resolve("latchkey.db"), "UPDATE ledger SET at = at + 1");
        assertThatThrownBy(() -> store().backUp()).isInstanceOf(TokenFailure.LedgerBroken.class);
        assertNothingBeside();
    }

    /** If the check went on, the file would stay open, and the last close would not delete the log. */
    @Test
    void a_running_check_ends_when_its_store_is_closed() throws IOException {
        Path file = Files.createDirectory(directory.resolve("checked")).resolve("latchkey.db");
        List<TokenStore> closable = new ArrayList<>();
        Database closing = new InterceptedDatabase(new SqliteDatabase(new SqliteFile(file)), () -> {
            Thread thread = Thread.ofPlatform().start(() -> closable.forEach(TokenStore::close));
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait(); // until it waits for this read
            }
        });
        TokenStore checked = new JdbcTokenStore(closing);
        Fixtures.issue(checked, "a");
        closable.add(checked);
        assertThatThrownBy(() -> checked.check(Optional.empty()))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(file + " was closed: open it again");
        checked.close(); // what the other thread may not have come to yet
        try (Stream<Path> files = Files.list(TemporaryFile.parent(file))) {
            assertThat(files).containsExactly(file);
        }
    }

    private void assertNothingBeside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("latchkey.db", "latchkey.db-wal", "latchkey.db-shm");
        }
    }
}
