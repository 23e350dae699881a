package io.latchkey.persistence.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in which a server remembers the newest head that it saw, so that it notices after a restart that entries are lost.
 * Only its user can read it. Replaced as a whole; a power failure makes it at most a second older. Not thread-safe.
 */
final class HeadFile {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The identity of the database, the epoch, the revision, and the hash, empty if there is no entry. */
    private static final Pattern LINE = Pattern.compile("(\\S{36}) (\\d{1,18}) (\\d{1,18}) ([0-9a-f]{64})?\n");

    private final Path file;
    private String instance = "";
    private Head written = Head.NONE;
    private long writtenAt = System.nanoTime();
    private boolean failing;

    /** @param folder created if it does not exist */
    HeadFile(Path folder) {
        file = folder.resolve("newest-entry");
    }

    /**
     * The head that was remembered of a database; {@link Head#NONE} if none was, or one of another database.
     *
     * @throws AuthorityUnavailable if the file is damaged or cannot be read, or the folder not be created
     */
    Head read(String ofInstance) {
        instance = ofInstance;
        try {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Matcher line = LINE.matcher(Files.readString(file, UTF_8));
            if (!line.matches()) {
                throw new AuthorityUnavailable(
                        file + " is damaged, so lost ledger entries would not be noticed: check the"
                                + " ledger with `latchkey verify ledger --expect-head`, then delete the file");
            }
            if (line.group(1).equals(instance)) {
                String hash = line.group(4);
                written = new Head(
                        Long.parseLong(line.group(2)), Long.parseLong(line.group(3)), hash == null ? "" : hash);
            }
            return written;
        } catch (NoSuchFileException e) {
            return Head.NONE;
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot read " + file + ", where the newest ledger entry is remembered", e);
        }
    }

    /** Writes a head if it has changed and the last time was a second ago. */
    void writeNowAndThen(Head head) {
        if (!head.equals(written) && System.nanoTime() - writtenAt >= PAUSE.toNanos()) {
            write(head);
        }
    }

    /** Writes a head; a failure is logged, since verdicts do not depend on it. */
    void write(Head head) {
        if (head.equals(written)) {
            return;
        }
        writtenAt = System.nanoTime();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    fresh,
                    instance + " " + head.epoch() + " " + head.revision() + " " + head.hash() + "\n",
                    UTF_8,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = head;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                System.getLogger(HeadFile.class.getName())
                        .log(Level.ERROR, "cannot remember the newest ledger entry in " + file, e);
            }
            failing = true;
        }
    }
}
