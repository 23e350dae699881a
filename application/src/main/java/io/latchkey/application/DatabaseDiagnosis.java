package io.latchkey.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a database file.
 *
 * @param schema version of its tables; an older version is migrated when the file is next opened
 * @param pendingBytes bytes in the write-ahead log beside the file that are not in the file yet
 * @param damage problems that the database reports, one line each; empty if none
 * @param newest time of the newest ledger entry
 * @param firstBroken revision of the first ledger entry that was tampered with; not checked in a damaged or older file
 * @param withOrigins number of tokens that are accepted only from some addresses; 0 in a damaged or older file
 * @param obstacle why this user cannot write the file, as a short phrase; empty if he can
 * @param mixedOwners the owners of the files, as a short phrase, if they differ; empty if one user owns all
 */
public record DatabaseDiagnosis(
        int schema,
        long pendingBytes,
        List<String> damage,
        Optional<Instant> newest,
        OptionalLong firstBroken,
        int withOrigins,
        Optional<String> obstacle,
        Optional<String> mixedOwners) {
    public DatabaseDiagnosis {
        damage = List.copyOf(damage);
    }
}
