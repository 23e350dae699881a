package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner can read, in a directory that only its owner can enter. */
final class PrivateFile {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /** Whether there is a file to be used at a path; refuses what is there and is no such file. */
    static boolean exists(Path path) {
        if (Files.notExists(path)) {
            return false;
        }
        if (!Files.isRegularFile(path)) {
            throw new AuthorityUnavailable(path + " is not a file: give the path of one");
        }
        // Beside the file SQLite keeps its log, so the directory counts too.
        if (!Files.isWritable(path) || !Files.isWritable(directory(path))) {
            throw new AuthorityUnavailable(path + " cannot be written: let this user write the file and its directory");
        }
        return true;
    }

    /** Whether a file holds nothing at all; SQLite would also take one for empty that holds a few bytes. */
    static boolean isEmpty(Path path) {
        try {
            return Files.size(path) == 0;
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be read: let this user read it", e);
        }
    }

    /** Makes an empty file unless there is one, and the directories that are missing above it; others stay as they are. */
    static void create(Path path) {
        try {
            createDirectory(directory(path));
            try {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(FILE));
                Files.setPosixFilePermissions(path, FILE); // whatever the umask took away
            } catch (FileAlreadyExistsException e) {
                return;
            }
        } catch (IOException | SecurityException e) {
            throw new AuthorityUnavailable(
                    path + " cannot be created: give the path of a file in a directory that this user can write", e);
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory(directory);
        createDirectory(parent);
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            Files.setPosixFilePermissions(directory, DIRECTORY);
            sync(parent);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** SQLite sees to the directory of its file, but not to the ones above: they too must survive a power cut. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directory(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
