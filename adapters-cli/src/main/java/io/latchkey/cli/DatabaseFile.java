package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileExamination;
import io.latchkey.application.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database file on this machine, from the folder that it is in to the last entry of its ledger. */
record DatabaseFile(Authorities authorities, Path file) {
    private static final long MEBIBYTE = 1L << 20;
    private static final long ENOUGH_DISK = 100 * MEBIBYTE;
    private static final long LONG_LOG = 64 * MEBIBYTE;

    List<Finding> findings() {
        if (Files.notExists(file)) {
            return List.of(Finding.bad(
                    "database",
                    "there is no file " + file,
                    "latchkey create token --admin makes one; --db names another"));
        }
        Optional<String> obstacle = FileTrouble.keepsFromReading(file);
        if (obstacle.isPresent()) {
            return List.of(unreadable(obstacle.get()));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(mode());
            findings.add(folder());
            findings.add(disk());
        } catch (IOException e) {
            findings.add(unreadable(FileTrouble.reading(file, e)));
        }
        try {
            FileExamination seen = authorities.files().diagnose(file);
            findings.add(access(seen));
            findings.add(schema(seen));
            findings.add(log(seen));
            findings.add(integrity(seen));
            if (seen.damage().isEmpty()) {
                if (seen.schema() == authorities.files().engine().schema()) {
                    findings.add(ledger(seen));
                }
                findings.add(clock(seen));
            }
        } catch (AuthorityUnavailable e) {
            findings.add(Finding.failed("database", "", e));
        }
        return findings;
    }

    private Finding unreadable(String reason) {
        return Finding.bad(
                "database",
                file + " cannot be read: " + reason,
                "run this as the user that the database is of, or as root, or let this user in");
    }

    private static Finding access(FileExamination seen) {
        if (seen.obstacle().isPresent()) {
            return Finding.bad(
                    "access",
                    "the database can be read and not changed: "
                            + seen.obstacle().get(),
                    "use the user that the database is of, or let this one write");
        }
        return seen.mixedOwners().isPresent()
                ? Finding.bad(
                        "access",
                        seen.mixedOwners().get(),
                        "give all of them to the user that the server runs as, with chown")
                : Finding.good("access", "this user can change the database");
    }

    private Finding mode() throws IOException {
        FileMode mode = FileMode.of(file);
        return mode.isOpen()
                ? Finding.bad("database", file + " has mode " + mode + ": others can use it", "chmod 600 " + file)
                : Finding.good("database", file + ", mode " + mode);
    }

    private Finding folder() throws IOException {
        Path folder = file.resolveSibling("").toAbsolutePath();
        FileMode mode = FileMode.of(folder);
        return mode.isWritableByOthers()
                ? Finding.bad(
                        "folder",
                        folder + " has mode " + mode + ": others can put another file in the place of this one",
                        "chmod go-w " + folder)
                : Finding.good("folder", folder + ", mode " + mode);
    }

    private Finding disk() throws IOException {
        long free = Files.getFileStore(file).getUsableSpace();
        String seen = free / MEBIBYTE + " MiB are free";
        return free < ENOUGH_DISK
                ? Finding.bad("disk", seen, "make room: no token can be changed on a full disk")
                : Finding.good("disk", seen);
    }

    private Finding schema(FileExamination seen) {
        int ours = authorities.files().engine().schema();
        if (seen.schema() > ours) {
            return Finding.bad(
                    "schema",
                    "version " + seen.schema() + ", and this Latchkey knows " + ours,
                    "use the Latchkey that wrote it, or a newer one");
        }
        return Finding.good(
                "schema",
                seen.schema() == ours
                        ? "version " + ours
                        : "version " + seen.schema() + ", which the next command brings up to " + ours);
    }

    private static Finding log(FileExamination seen) {
        String size = seen.pendingBytes() / MEBIBYTE + " MiB are in the log beside the file";
        return seen.pendingBytes() > LONG_LOG
                ? Finding.bad("log", size, "some process reads for very long: end it, or restart the server")
                : Finding.good("log", size);
    }

    private static Finding integrity(FileExamination seen) {
        return seen.damage().isEmpty()
                ? Finding.good("integrity", "SQLite finds nothing wrong")
                : Finding.bad(
                        "integrity", String.join("; ", seen.damage()), "stop the server and put a backup in its place");
    }

    private static Finding ledger(FileExamination seen) {
        return seen.firstBroken().isEmpty()
                ? Finding.good("ledger", "every entry is as it was written")
                : Finding.bad(
                        "ledger",
                        "entry " + seen.firstBroken().getAsLong() + " is not as it was written, or does not explain the"
                                + " tokens",
                        "latchkey verify ledger says how; compare the file with a backup, and regenerate what you doubt");
    }

    private Finding clock(FileExamination seen) {
        Instant now = authorities.clock().instant();
        return seen.newest().filter(now::isBefore).isPresent()
                ? Finding.bad(
                        "clock",
                        "it is " + now + " here, and the newest entry was written at "
                                + seen.newest().get(),
                        "set the clock: tokens expire by it")
                : Finding.good("clock", now.toString());
    }
}
