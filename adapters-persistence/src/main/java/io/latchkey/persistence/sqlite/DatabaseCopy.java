package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Copy;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenFailure;
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
 * A copy of a database file under way: made and checked under a name that nobody knows, and then given its own.
 *
 * @param source what it is a copy of, for whoever is told that something is wrong with it
 * @param file where it is made
 */
record DatabaseCopy(String source, TemporaryFile file) implements AutoCloseable {
    /** What comes of a copy, in a folder, of the file that a connection reads, and then closes. */
    static <T> T of(String source, SqliteConnection reader, Path folder, Function<DatabaseCopy, T> use) {
        try {
            try (DatabaseCopy made = make(source, reader, folder)) {
                return use.apply(made);
            } finally {
                reader.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(source, e);
        }
    }

    /** What is not in the file yet is in the copy. */
    private static DatabaseCopy make(String source, SqliteConnection reader, Path folder) {
        DatabaseCopy copy = new DatabaseCopy(source, TemporaryFile.in(folder));
        try (PreparedStatement vacuum = reader.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.draft().toString());
            vacuum.execute();
            return copy;
        } catch (SQLException e) {
            copy.close();
            if (SqliteErrors.isFull(e)) {
                throw new AuthorityUnavailable("cannot write in " + folder + ": make room there", e);
            }
            throw SqliteErrors.with(source, e);
        }
    }

    /** A copy that somebody else made, to be examined before it is believed. */
    static DatabaseCopy receive(Supplier<StoreBackup> source, Path folder) {
        DatabaseCopy copy = new DatabaseCopy("the copy that was sent", TemporaryFile.in(folder));
        try (StoreBackup sent = source.get();
                OutputStream out = Files.newOutputStream(copy.draft())) {
            if (sent.content().transferTo(out) == sent.length()) {
                return copy;
            }
            throw new AuthorityUnavailable("the copy that was sent is not as long as it was said to be");
        } catch (IOException e) {
            copy.close();
            throw new AuthorityUnavailable("cannot write in " + folder + ": is there room?", e);
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** Where it is until it has its name. */
    Path draft() {
        return file.path();
    }

    /** What it holds, if it is whole. */
    Copy examine() {
        return opened(store -> switch (store.check(Optional.empty())) {
            case LedgerCheck.Whole whole -> new Copy(store.instanceId(), whole, store.snapshot());
            case LedgerCheck.Broken _, LedgerCheck.Unexplained _, LedgerCheck.Truncated _ ->
                throw new AuthorityUnavailable(source + " has a broken ledger: `latchkey verify ledger` says where");
        });
    }

    /**
     * Its bytes, if it is whole, for whoever reads them while the file itself loses its name: so it is gone when they are
     * closed, and even when the process is killed before.
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

    private <T> T opened(Function<TokenStore, T> question) {
        try (TokenStore store = SqliteTokenStore.open(draft())) {
            return question.apply(store);
        } catch (AuthorityUnavailable e) {
            throw new AuthorityUnavailable(String.valueOf(e.getMessage()).replace(draft().toString(), source), e);
        }
    }

    /** Gives it the name of a database, for good; whoever may use what is there, or else its folder, may use it. */
    void restore(Path target, Existing existing) {
        try {
            TemporaryFile.giveToOwnerOf(Files.exists(target) ? target : TemporaryFile.parent(target), draft());
        } catch (IOException e) {
            throw TemporaryFile.refusal(target, e);
        }
        place(target, existing);
    }

    /** Gives it its name, for good. */
    void place(Path target, Existing existing) {
        seal();
        try {
            file.publish(target, existing);
        } catch (IOException e) {
            throw TemporaryFile.refusal(target, e);
        }
    }

    /** Makes one file of it that says all, to be read wherever it lies, and lets SQLite look at every page once. */
    private void seal() {
        try {
            SqliteConnection connection = SqliteFile.open(draft());
            try (Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                    if (!row.getString(1).equals("ok")) {
                        throw new AuthorityUnavailable(source + " is damaged: put a backup in its place");
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
