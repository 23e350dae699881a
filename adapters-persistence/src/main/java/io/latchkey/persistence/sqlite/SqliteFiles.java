package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseDiagnosis;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The operations on SQLite files that commands need, without a container. Stateless. */
public final class SqliteFiles implements DatabaseFiles {
    /** For {@link java.util.ServiceLoader}. */
    public SqliteFiles() {}

    @Override
    public DatabaseDiagnosis diagnose(Path file) {
        return new DatabaseInspection(file).result();
    }

    @Override
    public List<TokenName> names(Path file, String prefix, int most) {
        return new NamesInFile(file).startingWith(prefix, most);
    }

    @Override
    public void refuseOutput(Path output, Path database) {
        new DatabaseNames(database).refuseOutput(output);
    }

    @Override
    public void refuseDatabase(Path output) {
        DatabaseNames.refuseDatabase(output);
    }

    @Override
    public LedgerCheck.Whole backUp(Path file, Path copy, Existing existing) {
        refuseOutput(copy, file);
        refuseCopy(copy, existing);
        SqliteConnection reader = new SqliteFile(file).connect();
        return DatabaseCopy.of(file.toString(), reader, TemporaryFile.parent(copy), draft -> {
            Copy examined = draft.examine();
            draft.place(copy, existing);
            return examined.check();
        });
    }

    @Override
    public LedgerCheck.Whole backUp(Supplier<StoreBackup> source, Path copy, Existing existing) {
        refuseCopy(copy, existing);
        Path folder = TemporaryFile.parent(copy);
        try (DatabaseCopy received = DatabaseCopy.receive(source, folder)) {
            // Examines a copy, because opening an older database would migrate it.
            Copy examined =
                    DatabaseCopy.of(received.source(), onlyReading(received.draft()), folder, DatabaseCopy::examine);
            received.place(copy, existing);
            return examined.check();
        }
    }

    @Override
    public Copy examine(Path copy) {
        return DatabaseCopy.of(copy.toString(), onlyReading(copy), FileCopies.temporary(), DatabaseCopy::examine);
    }

    @Override
    public void restore(Path copy, Path database, Existing existing) {
        refuseOutput(copy, database);
        if (existing == Existing.KEPT && Files.exists(database)) {
            throw new AuthorityUnavailable(database + " already exists: replace it with --replace");
        }
        Path file = target(database);
        DatabaseCopy.of(copy.toString(), onlyReading(copy), TemporaryFile.parent(file), draft -> {
            draft.examine();
            restore(draft, file, existing);
            return draft;
        });
    }

    /** The path without links of a database that a copy shall become, whose folder is created. */
    static Path target(Path database) {
        DatabaseNames.refuseNameBeside(database);
        PrivateFile.createDirectoryOf(database);
        return DatabaseNames.real(database); // replaces the target of a link, not the link
    }

    /** Makes a copy the database {@code file}, which no other process may have open. */
    static void restore(DatabaseCopy draft, Path file, Existing existing) {
        if (Files.exists(file)) {
            replace(file, () -> draft.restore(file, existing));
        } else {
            SqliteFile.refuseLogAlone(file);
            draft.restore(file, existing);
        }
    }

    /** Opens a copy without changing it; it may be on a read-only medium. */
    static SqliteConnection onlyReading(Path copy) {
        if (Files.notExists(copy)) {
            throw new AuthorityUnavailable("there is no file " + copy);
        }
        PrivateFile.refuseUnreadable(copy);
        try {
            return SqliteFile.openReadOnly(copy);
        } catch (SQLException e) {
            throw SqliteErrors.with(copy, e);
        }
    }

    private static void refuseCopy(Path copy, Existing existing) {
        TemporaryFile.refuse(copy, existing);
        if (DatabaseNames.isOpenOrAbandoned(copy)) {
            try {
                alone(copy, () -> {}); // SQLite removes the files that a killed process left
            } catch (SQLException e) {
                throw new AuthorityUnavailable(copy + " is a database in use: give the name of another file", e);
            }
        }
    }

    private static void replace(Path file, Runnable placing) {
        try {
            alone(file, placing);
        } catch (SQLException e) {
            throw SqliteErrors.withReplaced(file, e);
        }
    }

    /**
     * Runs an action while no other process has the database open. Before the action, SQLite removes the files beside the
     * database, as it does for the last connection.
     *
     * @throws SQLException if another process has it open
     */
    private static void alone(Path file, Runnable action) throws SQLException {
        SqliteConnection alone = SqliteFile.open(file);
        try (Statement statement = alone.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            try (ResultSet row = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
                if (!row.getString(1).equals("delete")) {
                    throw new SQLiteException("another process has it open", SQLiteErrorCode.SQLITE_BUSY);
                }
            }
            statement.execute("BEGIN EXCLUSIVE");
            action.run();
        } finally {
            alone.closeForGood();
        }
    }
}
