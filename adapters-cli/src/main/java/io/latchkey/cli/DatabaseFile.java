package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileExamination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(mode());
            findings.add(folder());
            findings.add(disk());
        } catch (IOException e) {
            findings.add(Finding.bad("database", file + " cannot be looked at", "let this user read it"));
        }
        try {
            FileExamination seen = authorities.files().diagnose(file);
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
            findings.add(Finding.bad("database", String.valueOf(e.getMessage()), "see above, or restore a backup"));
        }
        return findings;
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
