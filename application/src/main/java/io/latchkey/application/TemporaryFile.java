package io.latchkey.application;

import io.latchkey.application.DatabaseFiles.Existing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is being written in a private temporary folder beside its destination.
 *
 * <p>Every output file of Latchkey is written this way: under a temporary name, synced, then renamed, so that neither a
 * reader nor a crash or power failure leaves half a file. Only this user can enter the folder. It is locked while this
 * process lives; {@link TemporaryFolder#removeAbandoned} removes the folders of killed processes.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** File systems that can sync folders; on any other, a failure to do so is ignored. */
    private static final Set<String> SYNCING_FOLDERS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay", "apfs", "hfs");

    private static final int ROOT = 0;

    private final TemporaryFolder folder;
    private final Path path;

    private TemporaryFile(TemporaryFolder folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    /**
     * An empty file, on the file system of a folder.
     *
     * @throws AuthorityUnavailable if this user cannot write in that folder
     */
    public static TemporaryFile in(Path parent) {
        try {
            TemporaryFolder folder = TemporaryFolder.in(parent);
            try {
                Path path = Files.createFile(folder.file(), PosixFilePermissions.asFileAttribute(PRIVATE));
                setPermissions(path, PRIVATE);
                return new TemporaryFile(folder, path);
            } catch (IOException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot write in " + parent + ": " + FileProblem.making(parent, e), e);
        }
    }

    /** Sets permissions regardless of the umask; does nothing on a file system without permissions. */
    public static void setPermissions(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (!Files.getPosixFilePermissions(path).equals(permissions)) {
            try {
                Files.setPosixFilePermissions(path, permissions);
            } catch (FileSystemException e) {
                return; // as on a USB stick, where the mount says who may read
            }
        }
    }

    /**
     * Gives a file that root created the owner of an existing one, so that a service can open it; does nothing for
     * other users.
     */
    public static void giveToOwnerOf(Path there, Path made) throws IOException {
        int owner = (int) Files.getAttribute(there, "unix:uid");
        if ((int) Files.getAttribute(made, "unix:uid") == ROOT && owner != ROOT) {
            Files.setAttribute(made, "unix:gid", Files.getAttribute(there, "unix:gid"));
            Files.setAttribute(made, "unix:uid", owner);
        }
    }

    /** The path of the file before {@link #publish}. */
    public Path path() {
        return path;
    }

    /**
     * Renames the file to its destination; the result survives a power failure when this returns.
     *
     * @param target on the same file system
     * @param existing whether an existing file is replaced
     * @throws FileAlreadyExistsException if there is a file that must be kept
     */
    public void publish(Path target, Existing existing) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        switch (existing) {
            case KEPT -> publishAsNew(target);
            case REPLACED -> Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
        syncFolder(parent(target));
    }

    private void publishAsNew(Path target) throws IOException {
        try {
            Files.createLink(target, path);
        } catch (FileAlreadyExistsException | AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // A file system without hard links: an exclusive creation reserves the name first.
            Files.createFile(target, PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Syncs a folder, so that the names in it survive a power failure, where the file system supports it. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            return; // this user may write in it, but not list it
        } catch (IOException e) {
            if (SYNCING_FOLDERS.contains(Files.getFileStore(folder).type())) {
                throw e;
            }
        }
    }

    /**
     * Checks that a file can be written to a path.
     *
     * @throws AuthorityUnavailable if a file that must be kept exists there, or something that is not a file
     */
    public static void refuse(Path target, Existing existing) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(target)) {
            throw new AuthorityUnavailable(
                    "cannot write " + target + ": it is a link; give the name of the file itself");
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new AuthorityUnavailable("cannot write " + target + ": it is not a regular file");
        }
        if (existing == Existing.KEPT) {
            throw there(target);
        }
    }

    /** The exception that explains a failure to write a file. */
    public static AuthorityUnavailable refusal(Path target, IOException failure) {
        return failure instanceof FileAlreadyExistsException
                ? there(target)
                : new AuthorityUnavailable(
                        "cannot write " + target + ": " + FileProblem.making(parent(target), failure), failure);
    }

    private static AuthorityUnavailable there(Path target) {
        return new AuthorityUnavailable(target + " already exists: replace it with --force");
    }

    /** The folder of a file. */
    public static Path parent(Path file) {
        Path absolute = file.toAbsolutePath();
        return Optional.ofNullable(absolute.getParent()).orElse(absolute);
    }

    /** Deletes the temporary file and SQLite's companion files; a published file stays. */
    @Override
    public void close() {
        folder.close();
    }
}
