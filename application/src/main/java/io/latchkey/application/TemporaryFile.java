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
 * A file being written that nobody else reads yet, in a folder of its own beside the place where it is to be.
 *
 * <p>Every file that Latchkey promises is written this one way: under a temporary name, synced, and then given its name,
 * so that a reader, a crash or a power cut never meets half of it. Its folder, which only this user can enter, is locked
 * as long as this process lives; {@link TemporaryFolder#removeAbandoned} takes away those of processes that were killed.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** File systems that sync folders; a failure to do so on any other means that it cannot be done there. */
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

    /** Gives what the umask took away; not every file system has permissions. */
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
     * Gives what root has made to the owner of something that is there, so that a service finds a file it may open; does
     * nothing for any other user.
     */
    public static void giveToOwnerOf(Path there, Path made) throws IOException {
        int owner = (int) Files.getAttribute(there, "unix:uid");
        if ((int) Files.getAttribute(made, "unix:uid") == ROOT && owner != ROOT) {
            Files.setAttribute(made, "unix:gid", Files.getAttribute(there, "unix:gid"));
            Files.setAttribute(made, "unix:uid", owner);
        }
    }

    /** Where it is until it is published. */
    public Path path() {
        return path;
    }

    /**
     * Gives it its name, for good: when this returns, it survives a power cut.
     *
     * @param target on the same file system
     * @param existing whether a file of that name is replaced
     * @throws FileAlreadyExistsException if there is one that is to be kept
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
            // A file system without hard links: the name is taken first, by nobody else at the same time.
            Files.createFile(target, PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Makes the names in a folder survive a power cut, where its file system can do that. */
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
     * Refuses the name of a file that cannot be written.
     *
     * @throws AuthorityUnavailable if something is there that is not to be replaced, or that is no file
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
            throw new AuthorityUnavailable("cannot write " + target + ": something else than a file is there");
        }
        if (existing == Existing.KEPT) {
            throw there(target);
        }
    }

    /** The refusal that a failure to write a file amounts to. */
    public static AuthorityUnavailable refusal(Path target, IOException failure) {
        return failure instanceof FileAlreadyExistsException
                ? there(target)
                : new AuthorityUnavailable(
                        "cannot write " + target + ": " + FileProblem.making(parent(target), failure), failure);
    }

    private static AuthorityUnavailable there(Path target) {
        return new AuthorityUnavailable(target + " already exists: --force replaces it");
    }

    /** The folder that a file is in. */
    public static Path parent(Path file) {
        Path absolute = file.toAbsolutePath();
        return Optional.ofNullable(absolute.getParent()).orElse(absolute);
    }

    /** Takes it away, and what SQLite may have left beside it; what was published stays. */
    @Override
    public void close() {
        folder.close();
    }
}
