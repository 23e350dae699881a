package io.latchkey.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of sockets as on a little-endian Linux machine, and the real one. */
final class PeerUserTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt  " + " uid  timeout inode\n";

    @TempDir
    Path process;

    @BeforeEach
    void run_as_1001() throws IOException {
        Files.createDirectory(process.resolve("net"));
        Files.writeString(process.resolve("status"), "Name:\tjava\nUid:\t1000\t1001\t1002\t1003\nGid:\t0\t0\t0\t0\n");
    }

    private void shown(String table, String... lines) throws IOException {
        Files.writeString(process.resolve("net").resolve(table), HEAD + String.join("\n", lines) + "\n");
    }

    private static String socket(String local, String remote, String state, long user, long inode) {
        return "   7: %s %s %s 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 00000000 20 4 0 10 -1"
                .formatted(local, remote, state, user, inode);
    }

    private boolean isOurs(String peer, String own) {
        return new PeerUser(process).isOurs(end(peer, 0xABCD), end(own, 8181));
    }

    private static InetSocketAddress end(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    1001, 01, 555, true
                    0,    01, 555, true
                    1001, 05, 555, true
                    1000, 01, 555, false
                    1002, 01, 555, false
                    33,   01, 555, false
                    65534, 01, 555, false
                    0,    06, 0,   false
                    1001, 05, 0,   false
                    """)
    void trusts_its_own_user_and_root_while_they_hold_the_socket(long user, String state, long inode, boolean trusted)
            throws IOException {
        shown("tcp", socket("0100007F:ABCD", "0100007F:1FF5", state, user, inode));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isEqualTo(trusted);
    }

    @Test
    void does_not_trust_unmapped_users() throws IOException {
        Files.writeString(process.resolve("status"), "Uid:\t65534\t65534\t65534\t65534\n");
        shown("tcp", socket("0100007F:ABCD", "0100007F:1FF5", "01", 65534, 555));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
    }

    @Test
    void finds_a_socket_of_ipv6_that_speaks_ipv4() throws IOException {
        shown("tcp");
        shown(
                "tcp6",
                socket(
                        "0000000000000000FFFF00000100007F:ABCD",
                        "0000000000000000FFFF00000100007F:1FF5",
                        "01",
                        1001,
                        555));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(isOurs("127.0.0.2", "127.0.0.1")).isFalse();
    }

    @Test
    void finds_a_socket_of_ipv6() throws IOException {
        shown(
                "tcp6",
                socket(
                        "00000000000000000000000001000000:ABCD",
                        "00000000000000000000000001000000:1FF5",
                        "01",
                        1001,
                        555));
        assertThat(isOurs("::1", "::1")).isTrue();
        shown(
                "tcp6",
                socket("00000000000000000000000001000000:ABCD", "00000000000000000000000001000000:1FF5", "01", 33, 5));
        assertThat(isOurs("::1", "::1")).isFalse();
    }

    @Test
    void reads_the_socket_at_the_other_end() throws IOException {
        shown(
                "tcp",
                socket("0100007F:1FF5", "0100007F:ABCD", "01", 1001, 444),
                socket("0100007F:ABCD", "0200007F:1FF5", "01", 1001, 445),
                socket("0100007F:ABCE", "0100007F:1FF5", "01", 1001, 446));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
    }

    @Test
    void trusts_nobody_if_a_connection_has_two_users() throws IOException {
        shown(
                "tcp",
                socket("0100007F:ABCD", "0100007F:1FF5", "01", 1001, 444),
                socket("0100007F:ABCD", "0100007F:1FF5", "01", 33, 445));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0100007F:ABCD 0100007F:1FF5", "0: 0100007F:ABCD 0100007F:1FF5 01 a b c x 0 5"})
    void trusts_nobody_if_the_table_has_no_valid_entry(String line) throws IOException {
        shown("tcp", line);
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
    }

    @Test
    void trusts_nobody_without_a_table() throws IOException {
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
        Files.delete(process.resolve("status"));
        assertThat(isOurs("127.0.0.1", "127.0.0.1")).isFalse();
    }

    @Test
    void finds_itself_in_the_real_table() throws IOException {
        for (String address : new String[] {"127.0.0.1", "127.0.0.2", "::1"}) {
            try (var listening = new ServerSocket(0, 1, InetAddress.ofLiteral(address));
                    var peer = new Socket(listening.getInetAddress(), listening.getLocalPort());
                    var own = listening.accept()) {
                var far = (InetSocketAddress) own.getRemoteSocketAddress();
                var near = (InetSocketAddress) own.getLocalSocketAddress();
                assertThat(peer.getLocalPort()).isEqualTo(far.getPort());
                assertThat(new PeerUser().isOurs(far, near)).as(address).isTrue();
            }
        }
    }
}
