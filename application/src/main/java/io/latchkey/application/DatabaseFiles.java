package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenName;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Database files: diagnosed, copied and restored. */
public interface DatabaseFiles {
    /**
     * Diagnoses a file without changing it.
     *
     * @throws AuthorityUnavailable if it is not a token database, or cannot be read
     */
    DatabaseDiagnosis diagnose(Path file);

    /**
     * The token names in a file that start with a prefix, ordered by code point, at most {@code most}. Used for shell
     * completion: does not change the file, creates no other file and waits for no lock.
     *
     * @throws AuthorityUnavailable if the file is missing or cannot be read right now
     */
    List<TokenName> names(Path file, String prefix, int most);

    /**
     * Checks that an output file does not overwrite the given database or one of its companion files, under any path.
     *
     * @throws AuthorityUnavailable if it would
     */
    void refuseOutput(Path output, Path database);

    /**
     * Checks that an output file does not overwrite any database or one of its companion files.
     *
     * @throws AuthorityUnavailable if it would
     */
    void refuseDatabase(Path output);

    /**
     * Makes a consistent copy of a database that stays in use. Only the owner can read the copy; it appears only when
     * it is complete and verified.
     *
     * @throws AuthorityUnavailable if the copy would replace a database in use, cannot be made, or fails verification
     */
    LedgerCheck.Whole backUp(Path file, Path copy, Existing existing);

    /**
     * Writes a copy that another source delivers; the source is opened only when there is enough space.
     *
     * @throws AuthorityUnavailable if the copy cannot be written, is incomplete, or fails verification
     */
    LedgerCheck.Whole backUp(Supplier<StoreBackup> source, Path copy, Existing existing);

    /**
     * Reads and verifies a copy without changing it.
     *
     * @throws AuthorityUnavailable if it is not a copy, or fails verification
     */
    Copy examine(Path copy);

    /**
     * Restores a copy to a database file.
     *
     * @throws AuthorityUnavailable if it cannot be restored, or the database is in use
     */
    void restore(Path copy, Path file, Existing existing);

    /** What to do with an existing file at the destination. */
    enum Existing {
        KEPT,
        REPLACED
    }

    /**
     * The content of a verified copy.
     *
     * @param instance identity of the instance that was copied
     */
    record Copy(UUID instance, LedgerCheck.Whole check, TokenStore.Snapshot snapshot) {}
}
