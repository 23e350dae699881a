package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One SQLite file as the database of a store. */
record SqliteDatabase(SqliteFile file) implements Database {
    @Override
    public Session open() {
        return new SerialConnection(file);
    }

    @Override
    public Session openWriting() {
        return open();
    }

    @Override
    public Session openRelaxed() {
        return new SerialConnection(file, SqliteDatabase::relaxDurability);
    }

    /** Lets the system decide when commits are written to disk; ignored inside a transaction. */
    private static boolean relaxDurability(Connection connection) throws SQLException {
        try (Statement pragma = connection.createStatement()) {
            return pragma.execute("PRAGMA synchronous = NORMAL");
        }
    }

    @Override
    public LedgerWatch watch() {
        return new RevisionPoller(file);
    }

    @Override
    public String now() {
        return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    }

    @Override
    public String uniqueColumn(Throwable failure) {
        return SqliteErrors.uniqueColumn(failure);
    }

    @Override
    public boolean isOfEngine(Throwable failure) {
        return SqliteErrors.isOfSqlite(failure);
    }

    @Override
    public StoreBackup backUp() {
        return DatabaseCopy.of(
                file.path().toString(),
                file.connect(),
                TemporaryFile.parent(file.path()),
                DatabaseCopy::asUnlinkedStream);
    }

    @Override
    public long size() {
        return file.path().toFile().length()
                + new DatabaseNames(file.path())
                        .beside(DatabaseNames.WAL)
                        .toFile()
                        .length();
    }

    @Override
    public AuthorityUnavailable closed() {
        return file.closed();
    }
}
