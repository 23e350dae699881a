package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One SQLite file as the database of a store. */
record SqliteDatabase(SqliteFile file) implements Database {
    @Override
    public Session open() {
        return new Lane(file);
    }

    @Override
    public Session openRelaxed() {
        return new Lane(file, SqliteDatabase::relaxDurability);
    }

    /** Lets the system decide when commits are written to disk; ignored inside a transaction. */
    private static boolean relaxDurability(Connection connection) throws SQLException {
        try (Statement pragma = connection.createStatement()) {
            return pragma.execute("PRAGMA synchronous = NORMAL");
        }
    }

    @Override
    public LedgerWatch watch() {
        return new RevisionWatch(file);
    }

    @Override
    public String uniqueColumn(Throwable failure) {
        return SqliteTrouble.uniqueColumn(failure);
    }

    @Override
    public boolean isOfEngine(Throwable failure) {
        return SqliteTrouble.isOfSqlite(failure);
    }

    @Override
    public StoreBackup backUp() {
        return FileCopy.of(
                file.path().toString(), file.connect(), TemporaryFile.parent(file.path()), FileCopy::withoutName);
    }

    @Override
    public AuthorityUnavailable closed() {
        return file.closed();
    }
}
