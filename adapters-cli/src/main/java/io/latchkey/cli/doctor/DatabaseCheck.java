package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseDiagnosis;
import io.latchkey.application.FileMode;
import io.latchkey.application.FileProblem;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the database file: modes, disk space, schema, integrity, ledger and clock. */
record DatabaseCheck(Authorities authorities, Path file) {
    private static final long MEBIBYTE = 1L << 20;
    private static final long ENOUGH_DISK = 100 * MEBIBYTE;
    private static final long LONG_LOG = 64 * MEBIBYTE;

    List<CheckResult> findings() {
        if (Files.notExists(file)) {
            return List.of(CheckResult.bad(
                    "database",
                    "there is no file " + file,
                    "create it with latchkey create token --admin, or give another file with --db"));
        }
        Optional<String> obstacle = FileProblem.keepsFromReading(file);
        if (obstacle.isPresent()) {
            return List.of(unreadable(obstacle.get()));
        }
        List<CheckResult> findings = new ArrayList<>();
        try {
            findings.add(mode());
            findings.add(folder());
            findings.add(disk());
        } catch (IOException e) {
            findings.add(unreadable(FileProblem.reading(file, e)));
        }
        try {
            DatabaseDiagnosis seen = authorities.files().diagnose(file);
            findings.add(access(seen));
            findings.add(schema(seen));
            findings.add(log(seen));
            findings.add(integrity(seen));
            if (seen.damage().isEmpty()) {
                if (seen.schema() == authorities.stores().engine().schema()) {
                    findings.add(ledger(seen));
                }
                findings.add(clock(seen));
                if (seen.withOrigins() > 0) {
                    findings.add(origins(seen));
                }
            }
        } catch (AuthorityUnavailable e) {
            findings.add(CheckResult.failed("database", "", e));
        }
        return findings;
    }

    private CheckResult unreadable(String reason) {
        return CheckResult.bad(
                "database",
                file + " cannot be read: " + reason,
                "run this as the owner of the database or as root, or let this user read it");
    }

    private static CheckResult access(DatabaseDiagnosis seen) {
        if (seen.obstacle().isPresent()) {
            return CheckResult.bad(
                    "access",
                    "this user can read the database, but not change it: "
                            + seen.obstacle().get(),
                    "use the owner of the database, or let this user write it");
        }
        return seen.mixedOwners().isPresent()
                ? CheckResult.bad(
                        "access",
                        seen.mixedOwners().get(),
                        "make the server's user the owner of all of them, with chown")
                : CheckResult.good("access", "this user can change the database");
    }

    private CheckResult mode() throws IOException {
        FileMode mode = FileMode.of(file);
        return mode.isOpen()
                ? CheckResult.bad("database", file + " has mode " + mode + ": others can use it", "chmod 600 " + file)
                : CheckResult.good("database", file + ", mode " + mode);
    }

    private CheckResult folder() throws IOException {
        Path folder = file.resolveSibling("").toAbsolutePath();
        FileMode mode = FileMode.of(folder);
        return mode.isWritableByOthers()
                ? CheckResult.bad(
                        "folder",
                        folder + " has mode " + mode + ": other users can replace the database file",
                        "chmod go-w " + folder)
                : CheckResult.good("folder", folder + ", mode " + mode);
    }

    private CheckResult disk() throws IOException {
        long free = Files.getFileStore(file).getUsableSpace();
        String seen = free / MEBIBYTE + " MiB are free";
        return free < ENOUGH_DISK
                ? CheckResult.bad("disk", seen, "free some space: no token can be changed on a full disk")
                : CheckResult.good("disk", seen);
    }

    private CheckResult schema(DatabaseDiagnosis seen) {
        int ours = authorities.stores().engine().schema();
        if (seen.schema() > ours) {
            return CheckResult.bad(
                    "schema",
                    "version " + seen.schema() + ", but this Latchkey supports up to " + ours,
                    "use the version of Latchkey that wrote it, or a newer one");
        }
        return CheckResult.good(
                "schema",
                seen.schema() == ours
                        ? "version " + ours
                        : "version " + seen.schema() + "; the next command upgrades it to " + ours);
    }

    private static CheckResult log(DatabaseDiagnosis seen) {
        String size = seen.pendingBytes() / MEBIBYTE + " MiB are in the write-ahead log beside the file";
        return seen.pendingBytes() > LONG_LOG
                ? CheckResult.bad(
                        "log", size, "a process has been reading for a long time: end it, or restart the server")
                : CheckResult.good("log", size);
    }

    private static CheckResult integrity(DatabaseDiagnosis seen) {
        return seen.damage().isEmpty()
                ? CheckResult.good("integrity", "no errors")
                : CheckResult.bad(
                        "integrity", String.join("; ", seen.damage()), "stop the server and restore a backup");
    }

    private static CheckResult ledger(DatabaseDiagnosis seen) {
        return seen.firstBroken().isEmpty()
                ? CheckResult.good("ledger", "intact")
                : CheckResult.bad(
                        "ledger",
                        "entry " + seen.firstBroken().getAsLong() + " was changed, or does not explain the tokens",
                        "run latchkey verify ledger for details; compare the file with a backup, and rotate"
                                + " the tokens in question");
    }

    /** How servers are reached cannot be seen in the file. */
    private static CheckResult origins(DatabaseDiagnosis seen) {
        return CheckResult.good(
                "origins",
                Quoted.counted(seen.withOrigins()) + " with --from: the address is that of a proxy in front of the"
                        + " server, unless `serve --trusted-proxy` names it");
    }

    private CheckResult clock(DatabaseDiagnosis seen) {
        Instant now = authorities.clock().instant();
        if (!Timestamps.contain(now)) {
            return CheckResult.bad(
                    "clock",
                    "it is " + now + " here, which timestamps cannot hold",
                    "correct the clock: no token can be created until then");
        }
        return seen.newest().filter(now::isBefore).isPresent()
                ? CheckResult.bad(
                        "clock",
                        "it is " + now + " here, but the newest ledger entry is dated "
                                + seen.newest().get(),
                        "correct the clock: it decides when tokens expire")
                : CheckResult.good("clock", now.toString());
    }
}
