package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Copy;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.jdbc.Session;
import io.latchkey.persistence.jdbc.StoreCheck;
import io.latchkey.persistence.jdbc.StoreRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A copy of a database in a temporary file, which is checked and then published under its final name. {@link #close}
 * deletes it if it was not published.
 *
 * @param source the original, as error messages name it
 * @param file the temporary file
 */
record DatabaseCopy(String source, TemporaryFile file) implements AutoCloseable {
    /**
     * Makes a temporary copy of the open database in {@code folder}, passes it to {@code use}, deletes it and closes the
     * connection.
     */
    static <T> T of(String source, SqliteConnection reader, Path folder, Function<DatabaseCopy, T> use) {
        try {
            try (DatabaseCopy copy = make(source, reader, folder)) {
                return use.apply(copy);
            } finally {
                reader.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(source, e);
        }
    }

    /** Makes a temporary file with new tables in {@code folder}, fills it in one transaction, passes it to {@code use} and deletes it. */
    static <T> T filled(String source, Path folder, Session.Work<?> filling, Function<DatabaseCopy, T> use) {
        try (DatabaseCopy copy = new DatabaseCopy(source, TemporaryFile.in(folder))) {
            fill(copy.draft(), filling);
            return use.apply(copy);
        } catch (SQLException e) {
            throw SqliteErrors.isFull(e) ? full(folder, e) : SqliteErrors.with("the copy in " + folder, e);
        }
    }

    private static void fill(Path draft, Session.Work<?> filling) throws SQLException {
        SqliteConnection connection = SqliteFile.open(draft);
        try (Statement statement = connection.createStatement()) {
            // Nobody sees the file before it is complete, and it is synced then.
            statement.executeUpdate("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");
            Schema.migrate(connection);
            statement.executeUpdate("BEGIN");
            var _ = filling.on(connection);
            statement.executeUpdate("COMMIT");
        } finally {
            connection.closeForGood();
        }
    }

    private static AuthorityUnavailable full(Path folder, SQLException failure) {
        return new AuthorityUnavailable("cannot write in " + folder + ": its disk is full", failure);
    }

    /** Contains the changes in the write-ahead log, too. */
    private static DatabaseCopy make(String source, SqliteConnection reader, Path folder) {
        DatabaseCopy copy = new DatabaseCopy(source, TemporaryFile.in(folder));
        try (PreparedStatement vacuum = reader.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.draft().toString());
            vacuum.execute();
            return copy;
        } catch (SQLException e) {
            copy.close();
            throw SqliteErrors.isFull(e) ? full(folder, e) : SqliteErrors.with(source, e);
        }
    }

    /** Saves a backup that a server sends; it is not checked yet. */
    static DatabaseCopy receive(Supplier<StoreBackup> source, Path folder) {
        DatabaseCopy copy = new DatabaseCopy("the received copy", TemporaryFile.in(folder));
        try (StoreBackup backup = source.get();
                OutputStream out = Files.newOutputStream(copy.draft())) {
            if (backup.content().transferTo(out) == backup.length()) {
                return copy;
            }
            throw new AuthorityUnavailable("the received copy is incomplete: try again");
        } catch (IOException e) {
            copy.close();
            throw new AuthorityUnavailable("cannot write in " + folder + ": check its free space", e);
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** The path of the temporary file. */
    Path draft() {
        return file.path();
    }

    /** Checks the ledger of the copy and reads its tokens; throws {@link AuthorityUnavailable} if the ledger is broken. */
    Copy examine() {
        return opened(store -> new Copy(store.instanceId(), whole(store), store.snapshot()));
    }

    /** Checks the ledger of the copy; throws {@link AuthorityUnavailable} if it is broken. */
    LedgerCheck.Whole verify() {
        return opened(this::whole);
    }

    private LedgerCheck.Whole whole(TokenStore store) {
        return StoreCheck.whole(source, store.check(Optional.empty()));
    }

    /** Runs work on all rows of the copy. */
    <T> T read(Function<StoreRows, T> work) {
        return named(() -> {
            try (Session session = new SerialConnection(new SqliteFile(draft()))) {
                return StoreRows.in(session, work);
            }
        });
    }

    /**
     * The verified copy as a stream over an unlinked file: the space is freed when the stream is closed or the process
     * dies.
     *
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    StoreBackup asUnlinkedStream() {
        if (!(opened(store -> store.check(Optional.empty())) instanceof LedgerCheck.Whole)) {
            throw new TokenFailure.LedgerBroken();
        }
        seal();
        try {
            return new StoreBackup(Files.size(draft()), Files.newInputStream(draft()));
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot read " + draft(), e);
        }
    }

    private <T> T opened(Function<TokenStore, T> use) {
        return named(() -> {
            try (TokenStore store = SqliteTokenStore.open(draft())) {
                return use.apply(store);
            }
        });
    }

    /** Names the original in the error messages of the copy. */
    private <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthorityUnavailable e) {
            throw new AuthorityUnavailable(String.valueOf(e.getMessage()).replace(draft().toString(), source), e);
        }
    }

    /** Publishes the copy as a database; it gets the owner of the replaced file, or of the folder if there is none. */
    void restore(Path target, Existing existing) {
        try {
            TemporaryFile.giveToOwnerOf(Files.exists(target) ? target : TemporaryFile.parent(target), draft());
        } catch (IOException e) {
            throw TemporaryFile.refusal(target, e);
        }
        place(target, existing);
    }

    /** Publishes the copy under its final name, durably. */
    void place(Path target, Existing existing) {
        seal();
        try {
            file.publish(target, existing);
        } catch (IOException e) {
            throw TemporaryFile.refusal(target, e);
        }
    }

    /** Checks every page, and removes the need for files beside the copy, so that it is readable on a read-only medium. */
    private void seal() {
        try {
            SqliteConnection connection = SqliteFile.open(draft());
            try (Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                    if (!row.getString(1).equals("ok")) {
                        throw new AuthorityUnavailable(source + " is damaged: restore a backup");
                    }
                }
                statement.execute("PRAGMA journal_mode = DELETE");
            } finally {
                connection.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(source, e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
