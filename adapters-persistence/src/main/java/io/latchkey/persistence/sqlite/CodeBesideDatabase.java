package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.FileMode;
import io.latchkey.application.OwnerCode;
import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TemporaryFile;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A code in a file beside the database, which only its owner can read: four lines with a title, the digest, the end in UTC and
 * the name of the user.
 *
 * <p>A server that is shown the right code moves the file into its own private folder before it accepts it, so nobody can
 * exchange it while it is examined, and only one of several servers gets it. It stays while only wrong codes are shown.
 */
final class CodeBesideDatabase implements OwnerCodes {
    static final String SUFFIX = "-console";

    /** The largest file that can hold a code, in bytes. */
    static final int LARGEST = 1024;

    private static final String TITLE = "latchkey console";
    private static final int LINES = 4;
    private static final int ROOT = 0;

    private final DatabaseNames database;

    CodeBesideDatabase(Path database) {
        this.database = new DatabaseNames(database);
    }

    private Path path() {
        return database.beside(SUFFIX);
    }

    @Override
    public void leave(OwnerCode code) {
        Path path = path();
        TemporaryFile.refuse(path, Existing.REPLACED);
        if (isTooLarge(path)) {
            throw new AuthorityUnavailable(path + " is no code of the console: move it elsewhere");
        }
        try (TemporaryFile draft = TemporaryFile.in(TemporaryFile.parent(path))) {
            Files.writeString(draft.path(), text(code), UTF_8);
            Path real = DatabaseNames.real(database.file());
            TemporaryFile.giveToOwnerOf(real, draft.path());
            if (!isOwners(draft.path())) {
                throw new AuthorityUnavailable(real + " belongs to user "
                        + Files.getOwner(real).getName() + ": run this command as that user or as root");
            }
            draft.publish(path, Existing.REPLACED);
        } catch (IOException e) {
            throw TemporaryFile.refusal(path, e);
        }
    }

    @Override
    public Optional<OwnerCode> look() {
        Path path = path();
        if (!isFile(path) || isTooLarge(path)) {
            return Optional.empty();
        }
        try {
            return examined(path);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // another server has just taken it
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be read", e);
        }
    }

    @Override
    public Optional<OwnerCode> remove() {
        Path path = path();
        if (!isFile(path) || isTooLarge(path)) {
            return Optional.empty(); // of something else that has the name, which is none of ours to delete
        }
        try (TemporaryFile taken = TemporaryFile.in(TemporaryFile.parent(path))) {
            Files.move(path, taken.path(), StandardCopyOption.ATOMIC_MOVE);
            return examined(taken.path());
        } catch (NoSuchFileException e) {
            return Optional.empty(); // another server has just taken it
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be taken", e);
        }
    }

    private Optional<OwnerCode> examined(Path file) throws IOException {
        return isFile(file) && isOwners(file) && !FileMode.of(file).isOpen() ? read(file) : Optional.empty();
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isTooLarge(Path path) {
        return path.toFile().length() > LARGEST;
    }

    /** Whether a file belongs to the owner of the database, or to root. */
    private boolean isOwners(Path file) throws IOException {
        int owner = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return owner == ROOT || owner == (int) Files.getAttribute(database.file(), "unix:uid");
    }

    private static String text(OwnerCode code) {
        String user = code.user().map(LocalUser::name).orElse("");
        return TITLE + "\n" + code.digest().hex() + "\n" + code.end() + "\n" + user + "\n";
    }

    private static Optional<OwnerCode> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            List<String> lines = List.of(new String(in.readNBytes(LARGEST), UTF_8).split("\n", -1));
            return lines.size() == LINES + 1 && lines.getFirst().equals(TITLE)
                    ? Optional.of(new OwnerCode(
                            TokenDigest.parse(lines.get(1)),
                            Instant.parse(lines.get(2)),
                            LocalUser.called(lines.get(3))))
                    : Optional.empty();
        } catch (TokenFailure.Invalid | DateTimeException e) {
            return Optional.empty();
        }
    }
}
