package io.latchkey.persistence.sqlite;

import io.latchkey.application.StoreBackup;
import io.latchkey.domain.TokenFailure;
import io.latchkey.persistence.jdbc.StoreRows;
import java.nio.file.Path;

/** Database files as copies of stores in other database engines. */
public final class FileCopies {
    private FileCopies() {}

    /**
     * A copy as a stream over an unlinked file in the folder for temporary files.
     *
     * @param source the original, as error messages name it
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    public static StoreBackup stream(String source, StoreRows rows) {
        return DatabaseCopy.filled(
                source,
                temporary(),
                target -> {
                    rows.replace(target);
                    return target;
                },
                DatabaseCopy::asUnlinkedStream);
    }

    /** The folder for temporary files. */
    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
