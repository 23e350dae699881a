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

/** Files of SQLite's, without a container; found by {@link java.util.ServiceLoader}. */
public final class SqliteFiles implements DatabaseFiles {
    /** For the loader. */
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
        return DatabaseCopy.of(file.toString(), reader, TemporaryFile.parent(copy), made -> {
            Copy examined = made.examine();
            made.place(copy, existing);
            return examined.check();
        });
    }

    @Override
    public LedgerCheck.Whole backUp(Supplier<StoreBackup> source, Path copy, Existing existing) {
        refuseCopy(copy, existing);
        Path folder = TemporaryFile.parent(copy);
        try (DatabaseCopy received = DatabaseCopy.receive(source, folder)) {
            // By a copy of it: to open an older one would change it.
            Copy examined =
                    DatabaseCopy.of(received.source(), onlyReading(received.draft()), folder, DatabaseCopy::examine);
            received.place(copy, existing);
            return examined.check();
        }
    }

    @Override
    public Copy examine(Path copy) {
        return DatabaseCopy.of(copy.toString(), onlyReading(copy), temporary(), DatabaseCopy::examine);
    }

    @Override
    public void restore(Path copy, Path database, Existing existing) {
        refuseOutput(copy, database);
        if (existing == Existing.KEPT && Files.exists(database)) {
            throw new AuthorityUnavailable(database + " already exists: --replace takes its place");
        }
        PrivateFile.createDirectoryOf(database);
        Path file = DatabaseNames.real(database); // a link stays one
        DatabaseCopy.of(copy.toString(), onlyReading(copy), TemporaryFile.parent(file), made -> {
            made.examine();
            if (Files.exists(file)) {
                replace(file, () -> made.restore(file, existing));
            } else {
                SqliteFile.refuseLogAlone(file);
                made.restore(file, existing);
            }
            return made;
        });
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** A copy may lie where nobody can write, and stays as it is. */
    private static SqliteConnection onlyReading(Path copy) {
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
                alone(copy, () -> {}); // a killed process left files, which SQLite removes
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
     * Runs an action while no other process has the database open, and without files beside it: SQLite removes its log for
     * the only user of a database.
     *
     * @throws SQLException if another process has it open
     */
    private static void alone(Path file, Runnable action) throws SQLException {
        SqliteConnection alone = SqliteFile.open(file);
        try (Statement statement = alone.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            try (ResultSet row = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
                if (!row.getString(1).equals("delete")) {
                    throw new SQLiteException("others have it open", SQLiteErrorCode.SQLITE_BUSY);
                }
            }
            statement.execute("BEGIN EXCLUSIVE");
            action.run();
        } finally {
            alone.closeForGood();
        }
    }
}
