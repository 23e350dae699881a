package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.FileProblem;
import io.latchkey.application.TemporaryFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/** Creates files that only their owner can read, in directories that only their owner can enter. */
final class PrivateFile {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /**
     * Whether a usable file exists at a path.
     *
     * @throws AuthorityUnavailable if it is empty, unreadable or not a regular file
     */
    static boolean exists(Path path) {
        if (Files.notExists(path)) {
            return false;
        }
        refuseUnreadable(path);
        if (path.toFile().length() == 0) { // SQLite would create a database in it, with the permissions that it has
            throw new AuthorityUnavailable(path + " is empty: delete it, then Latchkey creates a new database");
        }
        return true;
    }

    /** Throws {@link AuthorityUnavailable} if this user cannot read an existing path, or if it is not a regular file. */
    static void refuseUnreadable(Path path) {
        if (!Files.isReadable(path)) {
            throw new AuthorityUnavailable(path + " cannot be read: "
                    + FileProblem.keepsFromReading(path).orElse("let this user read the file"));
        }
        if (!Files.isRegularFile(path)) {
            throw new AuthorityUnavailable(path + " is not a file: give the path of a file");
        }
    }

    /** Whether this user can write an existing database: the file and its directory, where SQLite creates the log. */
    static boolean isWritable(Path path) {
        return Files.isWritable(path) && Files.isWritable(directory(DatabaseNames.real(path)));
    }

    /**
     * Creates a file and its missing parent directories; does nothing if the file exists.
     *
     * <p>The file is filled under a temporary name and then renamed, so that no process sees it incomplete. If two
     * processes create the same file, the first one wins.
     *
     * @param filling writes the content to the temporary path
     * @throws AuthorityUnavailable if the file cannot be created
     */
    static void create(Path path, Consumer<Path> filling) {
        createDirectoryOf(path);
        try (TemporaryFile draft = TemporaryFile.in(directory(path))) {
            filling.accept(draft.path());
            TemporaryFile.giveToOwnerOf(directory(path), draft.path());
            draft.publish(path, Existing.KEPT);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw uncreated(path, e);
        }
    }

    /** Creates the missing parent directories of a file. */
    static void createDirectoryOf(Path path) {
        try {
            createDirectory(directory(path));
        } catch (IOException e) {
            throw uncreated(path, e);
        } catch (UnsupportedOperationException e) {
            throw new AuthorityUnavailable(
                    path + " cannot be created: its file system does not support file permissions", e);
        }
    }

    private static AuthorityUnavailable uncreated(Path path, IOException failure) {
        return new AuthorityUnavailable(
                path + " cannot be created: " + FileProblem.making(directory(path), failure), failure);
    }

    private static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory(directory);
        createDirectory(parent);
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            TemporaryFile.setPermissions(directory, DIRECTORY);
            TemporaryFile.giveToOwnerOf(parent, directory);
            TemporaryFile.syncFolder(parent); // the directory must survive a power failure, too
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static Path directory(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
