package io.latchkey.http.console;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.RequiredPermission;
import java.util.Locale;
import java.util.Optional;

/**
 * What the overview says about the state of the server, as far as the reader may know it.
 *
 * @param verified the newest verification that found the ledger intact
 * @param backup when this server last made a backup; others may have made some
 * @param size of the database, in words
 * @param version empty if unknown
 */
record HealthFacts(
        Optional<LedgerCheck.Whole> verified, Optional<Backup> backup, Optional<String> size, String version) {
    private static final RequiredPermission HEALTH = RequiredPermission.of("system", "health", "read");
    private static final long KIB = 1024;
    private static final String UNITS = "kMGT";

    /** @param made empty if there was none since the server began */
    record Backup(Optional<Moment> made) {}

    static HealthFacts of(Visit visit, TokenAuthority authority, String version) {
        return new HealthFacts(
                authority.lastWholeLedger().filter(_ -> visit.may(RequiredPermission.LEDGER)),
                Optional.of(new Backup(authority.lastBackup().map(at -> new Moment(at, visit.now()))))
                        .filter(_ -> visit.may(RequiredPermission.BACKUP)),
                Optional.of(authority.size()).filter(_ -> visit.may(HEALTH)).map(HealthFacts::words),
                version);
    }

    /** Such as {@code 4.0 kB}; a kB has 1024 bytes. */
    static String words(long bytes) {
        if (bytes < KIB) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= KIB && unit < UNITS.length() - 1) {
            size /= KIB;
            unit++;
        }
        return String.format(Locale.ENGLISH, "%.1f %sB", size, UNITS.charAt(unit));
    }
}
