package io.latchkey.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was seen of a file of tokens.
 *
 * @param schema of its tables; an older one is brought up to date by whoever opens the file next
 * @param pendingBytes that were written and are not yet in the file itself, but in a log beside it
 * @param damage what the database finds wrong with the file, a line each; empty if nothing
 * @param newest when the newest entry of the ledger was written
 * @param firstBroken the revision of the first entry of the ledger that is not as it was written; not looked for in a
 *     file that is damaged or older
 * @param obstacle what keeps this user from changing the file, in half a sentence; empty if nothing does
 * @param mixedOwners whose the files are, in half a sentence, if not all of them are of one user; empty if they are
 */
public record DatabaseDiagnosis(
        int schema,
        long pendingBytes,
        List<String> damage,
        Optional<Instant> newest,
        OptionalLong firstBroken,
        Optional<String> obstacle,
        Optional<String> mixedOwners) {
    public DatabaseDiagnosis {
        damage = List.copyOf(damage);
    }
}
