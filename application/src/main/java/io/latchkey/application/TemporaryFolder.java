package io.latchkey.application;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A private folder for one temporary file.
 *
 * <p>The process that created it holds a file lock in it, which the system releases when the process ends in any way.
 * So other processes can recognize abandoned folders, also across containers, where process ids are not comparable.
 */
public final class TemporaryFolder {
    static final String PREFIX = ".latchkey-";
    private static final String LOCK = "lock";
    private static final String FILE = "draft";

    /**
     * All files that such a folder can contain; the lock is last, so that the folder is still recognized after a second
     * kill.
     */
    private static final List<String> CONTENT = List.of(FILE, FILE + "-wal", FILE + "-shm", FILE + "-journal", LOCK);

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final int ATTEMPTS = 100;

    /** The folders of this process: opening the lock of one would release it. */
    private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates a folder in another one and removes abandoned folders there. */
    static TemporaryFolder in(Path parent) throws IOException {
        removeAbandoned(parent);
        IOException last = new IOException("another process removes new folders there");
        for (int i = 0; i < ATTEMPTS; i++) {
            String name = PREFIX + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
            OURS.add(name); // before it is there, so that no other thread takes it for abandoned
            try {
                return locked(parent.resolve(name));
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                OURS.remove(name); // another process has the name, or took this one for abandoned before it was locked
                last = e;
                if (Files.notExists(parent)) {
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                OURS.remove(name);
                throw e;
            }
        }
        throw last;
    }

    private static TemporaryFolder locked(Path path) throws IOException {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
        TemporaryFile.setPermissions(path, PRIVATE);
        Path lock = path.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        TemporaryFolder made = new TemporaryFolder(path, channel);
        if (!made.isLocked()) {
            channel.close();
            throw new NoSuchFileException(lock.toString());
        }
        return made;
    }

    private boolean isLocked() {
        try {
            return lock.tryLock() != null;
        } catch (IOException e) {
            return true; // the file system has no locks, so no process deletes this folder as abandoned
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** The path of the temporary file. */
    Path file() {
        return path.resolve(FILE);
    }

    void close() {
        try {
            for (String name : CONTENT) {
                Files.deleteIfExists(path.resolve(name));
            }
            lock.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot delete " + path, e);
        } finally {
            OURS.remove(name(path));
        }
    }

    /**
     * Removes abandoned folders from a folder. Those that cannot be read or removed are left, which does no harm.
     *
     * <p>Follows no links and deletes only files that such a folder can contain, so that other users who can write in
     * the folder, such as {@code /tmp}, cannot misuse it.
     */
    public static void removeAbandoned(Path parent) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
            if (all instanceof SecureDirectoryStream<Path> folders) { // it is, but on macOS
                for (Path each : folders) {
                    Path name = each.getFileName();
                    if (name(each).startsWith(PREFIX) && !OURS.contains(name(each))) {
                        removeIfAbandoned(folders, name);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private static void removeIfAbandoned(SecureDirectoryStream<Path> folders, Path name) {
        try {
            try (SecureDirectoryStream<Path> folder = folders.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                    SeekableByteChannel lock = folder.newByteChannel(
                            name.resolveSibling(LOCK), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                if (!(lock instanceof FileChannel channel) || channel.tryLock() == null) {
                    return;
                }
                for (String content : CONTENT) {
                    deleteIfThere(folder, name.resolveSibling(content));
                }
            }
            folders.deleteDirectory(name);
        } catch (NoSuchFileException e) {
            deleteIfEmpty(folders, name); // killed before the lock was made, or after it was deleted
        } catch (IOException e) {
            return; // no folder of ours, or of another user, or being removed by another process
        }
    }

    private static void deleteIfEmpty(SecureDirectoryStream<Path> folders, Path name) {
        try {
            folders.deleteDirectory(name);
        } catch (IOException e) {
            return;
        }
    }

    private static void deleteIfThere(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            folder.deleteFile(name);
        } catch (FileSystemException e) {
            return;
        }
    }
}
