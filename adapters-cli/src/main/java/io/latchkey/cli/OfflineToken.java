package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PreparedToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A token in a file, for a server that will be told of it (contract 2.3).
 *
 * <p>A file that is there is not replaced unasked: it may hold the only copy of a secret that is in force.
 *
 * @param file to be written
 */
record OfflineToken(Path file, Existing existing) {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** What is to happen to a file that is there. */
    enum Existing {
        KEPT,
        REPLACED
    }

    /** What the arguments ask for, if they ask for one. */
    static Optional<OfflineToken> of(Arguments arguments) {
        if (!arguments.has("--offline")) {
            if (arguments.has("--output-file")) {
                throw arguments.refused("--output-file cannot be used without --offline");
            }
            return Optional.empty();
        }
        for (String option :
                new String[] {"--regenerate", "--host", "--token", "--tls-ca", "--tls-no-verify", "--db", "--data-dir"
                }) {
            if (arguments.has(option)) {
                throw arguments.refused(
                        "--offline cannot be used with " + option + ": it makes a new token and tells nobody");
            }
        }
        return Optional.of(new OfflineToken(
                arguments.required("--output-file", Location::path).toAbsolutePath(),
                arguments.has("--yes") ? Existing.REPLACED : Existing.KEPT));
    }

    /** Writes the file of a token: whole and for its owner alone, or not at all. */
    void write(PreparedToken token) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new AuthorityUnavailable("cannot write " + file + ": something else than a file is there");
        }
        Path directory = Optional.ofNullable(file.getParent()).orElse(file);
        try {
            Path draft = Files.createTempFile(
                    directory, "." + file.getFileName() + "-", ".tmp", PosixFilePermissions.asFileAttribute(PRIVATE));
            try {
                Files.setPosixFilePermissions(draft, PRIVATE); // whatever the umask took away
                Files.write(draft, TokenFile.write(token).getBytes(UTF_8));
                sync(draft);
                switch (existing) {
                    case KEPT -> Files.createLink(file, draft);
                    case REPLACED -> Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                Files.deleteIfExists(draft);
            }
            sync(directory);
        } catch (FileAlreadyExistsException e) {
            throw new AuthorityUnavailable(
                    "cannot write " + file + ": it is there already, perhaps with a token in force; --yes replaces it");
        } catch (NoSuchFileException e) {
            throw new AuthorityUnavailable("cannot write " + file + ": there is no directory " + directory);
        } catch (AccessDeniedException e) {
            throw new AuthorityUnavailable("cannot write " + file + ": this user may not write in " + directory);
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot write " + file, e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }
}
