package io.latchkey.persistence;

import io.latchkey.application.FileExamination;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.SystemTables;
import io.latchkey.application.TokenFiles;
import io.latchkey.application.TokenStore;
import java.nio.file.Path;

/** Files of SQLite's, without a container; found by {@link java.util.ServiceLoader}. */
public final class SqliteTokenFiles implements TokenFiles {
    /** For the loader. */
    public SqliteTokenFiles() {}

    @Override
    public TokenStore at(Path file) {
        return SqliteTokenStore.open(file);
    }

    @Override
    public SystemTables tables() {
        return new SqliteSystemTables();
    }

    @Override
    public StoreEngine engine() {
        return new StoreEngine("SQLite", Examination.library(), Schema.VERSION);
    }

    @Override
    public FileExamination examine(Path file) {
        return new Examination(file).result();
    }
}
