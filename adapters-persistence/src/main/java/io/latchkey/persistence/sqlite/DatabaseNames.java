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
    private static final int MARK = 68; // where SQLite's file format has the application id
    private static final int HEADER = 100;

    /** A file beside the database; SQLite puts it beside the file that a link leads to. */
    Path beside(String suffix) {
        return Path.of(real(file) + suffix);
    }

    /** The names of the files beside the database, as they are spelled. */
    static Stream<Path> beside(Path file) {
        return BESIDE.stream().map(suffix -> Path.of(file + suffix));
    }

    /**
     * Refuses an output that would be written over this database or a file beside it, whatever way it is spelled or
     * linked.
     */
    void refuseOutput(Path output) {
        if (isSame(output, file)) {
            throw new AuthorityUnavailable(output + " is the database: give the name of another file");
        }
        if (BESIDE.stream().map(this::beside).anyMatch(part -> isSame(output, part))) {
            throw new AuthorityUnavailable(output + " belongs to the database " + file + ": give another name");
        }
    }

    /** Refuses an output that would be written over any database of Latchkey's, or over a file beside one. */
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

    /** What keeps this user from using the database, in half a sentence; empty if it is not who may do what. */
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
     * Whose the files are, in half a sentence, if they are not all of one user, so that one may use some and not others;
     * empty if they are. A folder of root's holds files of anybody.
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
            return Optional.empty(); // one of them has just gone
        }
    }

    private static boolean isOfAnother(Path one, Path other) throws IOException {
        return !Files.getAttribute(one, "unix:uid").equals(Files.getAttribute(other, "unix:uid"));
    }

    private static String mixed(Path one, Path other) throws IOException {
        return one + " is of user " + Files.getOwner(one).getName() + ", and " + other + " of user "
                + Files.getOwner(other).getName();
    }

    /** Whether a database has files beside it: a process has it open, or was killed while it had. */
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

    /** Without links, as far as it exists. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Whether a file says in its header that it is a database of Latchkey's. */
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
            return false; // what cannot be read cannot be told; its name is compared all the same
        }
    }
}
