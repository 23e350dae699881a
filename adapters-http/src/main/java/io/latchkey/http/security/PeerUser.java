package io.latchkey.http.security;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the user whose process is at the other end of a loopback connection, in Linux's table of sockets, {@code
 * /proc/self/net/tcp} and {@code tcp6}.
 *
 * <p>Proxies usually run as a user of their own, which distinguishes them from callers who can read the database file
 * anyway. Without such a table, as on other systems, nobody is trusted.
 */
@Singleton
public final class PeerUser {
    private static final Logger LOG = LoggerFactory.getLogger(PeerUser.class);
    private static final long ROOT = 0;
    /** Linux shows this instead of users that the user namespace of the reader does not map. */
    private static final long UNMAPPED = 65534;

    private final Path process;

    /** With the tables of this system. */
    public PeerUser() {
        this(Path.of("/proc/self"));
    }

    /** @param process the folder of this process, see proc(5) */
    PeerUser(Path process) {
        this.process = process;
    }

    /**
     * Whether a connection was made by the user of this process or by root; false if that cannot be determined. Reads
     * the whole table, one line for each socket of the machine.
     *
     * @param peer the other end of the connection
     * @param own this end of the connection
     */
    boolean isOurs(InetSocketAddress peer, InetSocketAddress own) {
        try {
            long self = self();
            List<Owner> owners = Stream.concat(owners("net/tcp", peer, own), owners("net/tcp6", peer, own))
                    .toList();
            return !owners.isEmpty() && owners.stream().allMatch(owner -> owner.isOneOf(self));
        } catch (IOException | RuntimeException e) {
            LOG.debug("cannot determine the user at the other end of a connection", e);
            return false;
        }
    }

    /**
     * The user of a socket.
     *
     * @param inode 0 if no process has the socket any more; Linux then shows root as its user, which is not evidence
     */
    private record Owner(long user, long inode) {
        boolean isOneOf(long self) {
            return inode != 0 && user != UNMAPPED && (user == self || user == ROOT);
        }
    }

    /** The effective user of this process. */
    private long self() throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Long.parseLong(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Uid"));
        }
    }

    /** The owners of the socket at the other end of a connection: one, or none if it is in the other table. */
    private Stream<Owner> owners(String table, InetSocketAddress peer, InetSocketAddress own) throws IOException {
        Path file = process.resolve(table);
        if (!Files.exists(file)) {
            return Stream.empty();
        }
        List<String> ends = List.of(
                end(plain(peer), peer) + ' ' + end(plain(own), own),
                end(mapped(peer), peer) + ' ' + end(mapped(own), own));
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> ends.stream().anyMatch(line::contains)).map(PeerUser::owner).toList().stream();
        }
    }

    private static Owner owner(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        return new Owner(Long.parseLong(fields[7]), Long.parseLong(fields[9]));
    }

    private static byte[] plain(InetSocketAddress end) {
        return end.getAddress().getAddress();
    }

    /** An IPv4 address as an IPv4-mapped IPv6 address. */
    private static byte[] mapped(InetSocketAddress end) {
        byte[] address = plain(end);
        return address.length == 4
                ? ByteBuffer.allocate(16)
                        .putShort(10, (short) 0xFFFF)
                        .put(12, address)
                        .array()
                : address;
    }

    /** An address and port in the notation of the table: hexadecimal words in the byte order of the machine. */
    private static String end(byte[] address, InetSocketAddress end) {
        ByteBuffer words = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        return IntStream.range(0, address.length / Integer.BYTES)
                        .mapToObj(word -> String.format(Locale.ROOT, "%08X", words.getInt(word * Integer.BYTES)))
                        .collect(Collectors.joining())
                + String.format(Locale.ROOT, ":%04X", end.getPort());
    }
}
