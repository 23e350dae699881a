package io.latchkey.http.server;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix-domain socket on which this server listens. Its owner and its group may connect: mode 0660.
 *
 * <p>A server that was killed leaves its file behind, on which nobody listens; it is replaced. Nothing else is: neither a
 * socket on which somebody listens, nor a file that is no socket.
 */
final class UnixSocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final String MODE = "rw-rw----";
    private static final String TAKEN = "another program listens there";

    private final Path file;
    private final Object key;

    private UnixSocketFile(Path file, Object key) {
        this.file = file;
        this.key = key;
    }

    /** Where the socket is bound, before it gets its mode and its place. Netty deletes this file, not the place. */
    static Path preliminary(Path file) {
        return file.resolveSibling(".lk" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX));
    }

    /**
     * Puts a bound socket in its place, from where {@link #preliminary} says, with its mode and group.
     *
     * @throws AuthorityUnavailable if somebody listens there, the file there is no socket, or the group cannot be set
     */
    static UnixSocketFile place(Path file, Optional<String> group) {
        Path bound = preliminary(file);
        try {
            grant(bound, file, group);
            makeRoom(file);
            Files.createLink(file, bound); // fails if another server was faster
            Files.delete(bound);
            return new UnixSocketFile(file, key(file));
        } catch (FileAlreadyExistsException e) {
            throw refused(file, TAKEN, e);
        } catch (IOException | UnsupportedOperationException e) {
            throw refused(file, "the socket cannot be put there: " + reason(e), e);
        }
    }

    /** Removes the file of a server that is gone. */
    private static void makeRoom(Path file) throws IOException {
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(file)) {
            throw refused(file, "the file is there and is not a socket; name another one");
        }
        if (isAnswered(file)) {
            throw refused(file, TAKEN);
        }
        Files.delete(file);
    }

    private static boolean isSocket(Path file) throws IOException {
        return ((int) Files.getAttribute(file, "unix:mode", NOFOLLOW_LINKS) & TYPE) == SOCKET;
    }

    /** Whether a program listens on a socket; also if only the attempt to connect shows that one may. */
    private static boolean isAnswered(Path socket) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false); // a program that listens and is busy lets others wait
            channel.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static void grant(Path bound, Path file, Optional<String> group) {
        try {
            if (group.isPresent()) {
                var view = Files.getFileAttributeView(bound, PosixFileAttributeView.class, NOFOLLOW_LINKS);
                view.setGroup(
                        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group.get()));
            }
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString(MODE));
        } catch (UserPrincipalNotFoundException e) {
            throw refused(file, "this machine has no group " + group.orElse(""), e);
        } catch (IOException e) {
            throw refused(
                    file,
                    group.map(name -> "only root and members of the group " + name + " can give it to that group")
                            .orElseGet(() -> "its mode cannot be set: " + reason(e)),
                    e);
        }
    }

    /** What no other file has: the number of a file is used again as soon as it is deleted. */
    private static Object key(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "fileKey,creationTime", NOFOLLOW_LINKS);
        return List.of(attributes.get("fileKey"), attributes.get("creationTime"));
    }

    /** Removes the file, unless another one is there. */
    void remove() {
        try {
            if (Files.exists(file, NOFOLLOW_LINKS) && key(file).equals(key)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the socket {}: {}", file, reason(e));
        }
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null || failure.getMessage().isEmpty()
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    private static AuthorityUnavailable refused(Path file, String reason) {
        return new AuthorityUnavailable("cannot listen on unix:" + file + ": " + reason);
    }

    private static AuthorityUnavailable refused(Path file, String reason, Exception cause) {
        return new AuthorityUnavailable("cannot listen on unix:" + file + ": " + reason, cause);
    }
}
