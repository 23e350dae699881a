package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileProblem;
import io.latchkey.application.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of a database file and of the files that SQLite keeps beside it. */
record DatabaseNames(Path file) {
    static final String WAL = "-wal";
    static final String SHM = "-shm";
    static final String JOURNAL = "-journal";

    private static final List<String> BESIDE = List.of(WAL, SHM, JOURNAL);
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(US_ASCII);
    private static final int MARK = 68; // the offset of the application id in SQLite's file format
    private static final int HEADER = 100;

    /** A file beside the database; for a link, beside its target, as SQLite does. */
    Path beside(String suffix) {
        return Path.of(real(file) + suffix);
    }

    /** The names of the files beside a database; links are not resolved. */
    static Stream<Path> beside(Path file) {
        return BESIDE.stream().map(suffix -> Path.of(file + suffix));
    }

    /**
     * Throws {@link AuthorityUnavailable} if an output is this database or a file beside it, also by a link or another
     * spelling.
     */
    void refuseOutput(Path output) {
        if (isSame(output, file)) {
            throw new AuthorityUnavailable(output + " is the database: give the name of another file");
        }
        if (BESIDE.stream().map(this::beside).anyMatch(part -> isSame(output, part))) {
            throw new AuthorityUnavailable(output + " belongs to the database " + file + ": give another name");
        }
    }

    /** Throws {@link AuthorityUnavailable} if an output is any Latchkey database, or a file beside one. */
    static void refuseDatabase(Path output) {
        if (isDatabase(output)) {
            throw new AuthorityUnavailable(output + " is a Latchkey database: give the name of another file");
        }
        String name = output.toString();
        for (String suffix : BESIDE) {
            if (name.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                Path database = Path.of(name.substring(0, name.length() - suffix.length()));
                if (isDatabase(database)) {
                    throw new AuthorityUnavailable(
                            output + " belongs to the database " + database + ": give another name");
                }
            }
        }
    }

    /** Refuses a new database with the name of a file beside another, which SQLite would take for its own and delete. */
    static void refuseNameBeside(Path database) {
        String name = name(database).toLowerCase(Locale.ROOT);
        for (String suffix : BESIDE) {
            if (name.endsWith(suffix)) {
                throw new AuthorityUnavailable(database + " cannot be a database: SQLite gives names with " + suffix
                        + " at the end to files beside a database; give another name");
            }
        }
    }

    /** Why this user may not use the database, as the second half of a sentence; empty if permissions do not prevent it. */
    Optional<String> obstacle() {
        Path real = real(file);
        return FileProblem.keepsFromReading(file)
                .or(() -> FileProblem.keepsFromWriting(real))
                .or(() -> FileProblem.keepsFromMaking(TemporaryFile.parent(real)))
                .or(() -> BESIDE.stream()
                        .map(this::beside)
                        .map(part -> FileProblem.keepsFromReading(part).or(() -> FileProblem.keepsFromWriting(part)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /**
     * Describes files of different owners, as no user can then use all of them; empty if all have the same owner. The owner
     * of the folder counts, too, unless it is root.
     */
    Optional<String> mixedOwners() {
        try {
            Path real = real(file);
            Path folder = TemporaryFile.parent(real);
            if ((int) Files.getAttribute(folder, "unix:uid") != 0 && isOfAnother(real, folder)) {
                return Optional.of(mixed(real, folder));
            }
            for (String suffix : BESIDE) {
                Path part = beside(suffix);
                if (Files.exists(part) && isOfAnother(part, real)) {
                    return Optional.of(mixed(part, real));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // one of them was just deleted
        }
    }

    private static boolean isOfAnother(Path one, Path other) throws IOException {
        return !Files.getAttribute(one, "unix:uid").equals(Files.getAttribute(other, "unix:uid"));
    }

    private static String mixed(Path one, Path other) throws IOException {
        return one + " belongs to user " + Files.getOwner(one).getName() + ", and " + other + " to user "
                + Files.getOwner(other).getName();
    }

    /** Whether a database has files beside it: a process has it open, or was killed while it had it open. */
    static boolean isOpenOrAbandoned(Path output) {
        DatabaseNames names = new DatabaseNames(output);
        return isDatabase(output) && BESIDE.stream().map(names::beside).anyMatch(Files::exists);
    }

    private static boolean isSame(Path output, Path part) {
        try {
            if (Files.exists(output) && Files.exists(part) && Files.isSameFile(output, part)) {
                return true;
            }
        } catch (IOException e) {
            return true; // better refused than overwritten
        }
        return name(output).equalsIgnoreCase(name(part))
                && real(TemporaryFile.parent(output)).equals(real(TemporaryFile.parent(part)));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The path without links; if it does not exist, the absolute path. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Whether the header of a file has Latchkey's application id. */
    private static boolean isDatabase(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(HEADER);
            return header.length == HEADER
                    && Arrays.equals(header, 0, SQLITE.length, SQLITE, 0, SQLITE.length)
                    && ByteBuffer.wrap(header).getInt(MARK) == Schema.APPLICATION_ID;
        } catch (IOException e) {
            return false; // unknown; the names are compared anyway
        }
    }
}
