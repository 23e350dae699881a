package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.table.SystemTables;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Files that tokens are kept in, and carried by. */
public interface DatabaseFiles {
    /** The store in a file, which is made, checked and brought up to date at the first use; to be closed. */
    TokenStore at(Path file);

    /** What was told of the tokens in a file; to be closed. */
    DeliveryProgress delivered(Path file);

    /** What answers SQL about the tokens of any of them. */
    SystemTables tables();

    /** What they are kept with. */
    StoreEngine engine();

    /**
     * What is seen of a file, which is left as it is.
     *
     * @throws AuthorityUnavailable if it is none of ours, or cannot be read
     */
    DatabaseDiagnosis diagnose(Path file);

    /**
     * The names in a file that begin with a text, in their order by code points, as long as there are no more than
     * {@code most}: for suggestions while somebody types. The file is left as it is, nothing is made beside it, and nobody
     * is waited for.
     *
     * @throws AuthorityUnavailable if it is missing, or cannot be read at this moment
     */
    List<TokenName> names(Path file, String prefix, int most);

    /**
     * Refuses an output that would be written over a database, or over a file that belongs to it, by whatever name.
     *
     * @throws AuthorityUnavailable if it would
     */
    void refuseOutput(Path output, Path database);

    /**
     * Refuses an output that would be written over any database, or over a file that belongs to one.
     *
     * @throws AuthorityUnavailable if it would
     */
    void refuseDatabase(Path output);

    /**
     * Copies a file as it is at one moment, while others go on using it, to one that only its owner may read; the copy is
     * there only if it is whole.
     *
     * @throws AuthorityUnavailable if it would replace a database in use, cannot be made, or what was copied is not whole
     */
    LedgerCheck.Whole backUp(Path file, Path copy, Existing existing);

    /**
     * The same of a copy that comes from elsewhere, which is asked for when there is room for it.
     *
     * @throws AuthorityUnavailable if it cannot be written, breaks off, or is not whole
     */
    LedgerCheck.Whole backUp(Supplier<StoreBackup> source, Path copy, Existing existing);

    /**
     * What a copy holds; it is not touched.
     *
     * @throws AuthorityUnavailable if it is none, or not whole
     */
    Copy examine(Path copy);

    /**
     * Puts what a copy holds in the place of a file.
     *
     * @throws AuthorityUnavailable if that cannot be, or somebody uses the file
     */
    void restore(Path copy, Path file, Existing existing);

    /** A token on one line, with everything that is known of it. */
    String line(Token token);

    /**
     * The token on a line, of which a name and a digest are enough.
     *
     * @param now when it was created, if the line does not say so
     * @throws TokenFailure.Invalid if there is none on it
     */
    Token token(String line, Instant now);

    /** What is to happen to a file that is there. */
    enum Existing {
        KEPT,
        REPLACED
    }

    /**
     * What a copy holds.
     *
     * @param instance of which it is one
     */
    record Copy(UUID instance, LedgerCheck.Whole check, TokenStore.Snapshot snapshot) {}
}
