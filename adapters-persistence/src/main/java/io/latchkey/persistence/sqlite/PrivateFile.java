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

/** A file that only its owner can read, in a directory that only its owner can enter. */
final class PrivateFile {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /** Whether there is a file to be used at a path; refuses what is there and is no such file. */
    static boolean exists(Path path) {
        if (Files.notExists(path)) {
            return false;
        }
        refuseUnreadable(path);
        if (path.toFile().length() == 0) { // SQLite would make a database of it, in front of everybody's eyes
            throw new AuthorityUnavailable(path + " is empty: delete it, and it is made anew");
        }
        return true;
    }

    /** Refuses what is there and cannot be read, or is no file. */
    static void refuseUnreadable(Path path) {
        if (!Files.isReadable(path)) {
            throw new AuthorityUnavailable(path + " cannot be read: "
                    + FileProblem.keepsFromReading(path).orElse("let this user read the file"));
        }
        if (!Files.isRegularFile(path)) {
            throw new AuthorityUnavailable(path + " is not a file: give the path of one");
        }
    }

    /** Whether a file that is there can be changed; beside it SQLite keeps its log, so the directory counts, too. */
    static boolean isWritable(Path path) {
        return Files.isWritable(path) && Files.isWritable(directory(DatabaseNames.real(path)));
    }

    /**
     * Makes a file, and the directories that are missing above it; others stay as they are.
     *
     * <p>It is filled under another name and then given its own, so that nobody meets it half made; whoever makes the
     * same file at the same time and is later uses the one that is there.
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

    /** Makes the directories that are missing above a file. */
    static void createDirectoryOf(Path path) {
        try {
            createDirectory(directory(path));
        } catch (IOException e) {
            throw uncreated(path, e);
        } catch (UnsupportedOperationException e) {
            throw new AuthorityUnavailable(
                    path + " cannot be created: its file system does not know who may read a file", e);
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
            TemporaryFile.syncFolder(parent); // they too must survive a power cut
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
