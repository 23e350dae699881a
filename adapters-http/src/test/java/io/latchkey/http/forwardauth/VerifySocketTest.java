package io.latchkey.http.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.Eventually;
import io.latchkey.http.RunningServer;
import io.latchkey.http.UnixConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a Unix-domain socket for verdicts, from start to end. */
final class VerifySocketTest {
    private static final String REQUEST = "GET /api/v1/verify HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void choose() {
        file = folder.resolve("verify.sock");
    }

    private RunningServer serve() {
        return new RunningServer(Map.of(VerifyServer.AT, file.toString()));
    }

    private String ask() throws IOException {
        return new UnixConnection(file).exchange(REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    }

    /** Leaves what a server leaves that is killed. */
    private void abandon() throws IOException {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
    }

    @Test
    void its_owner_and_its_group_may_connect() throws IOException {
        try (var _ = serve()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-rw----");
        }
    }

    @Test
    void a_group_that_this_user_belongs_to_can_be_chosen() throws IOException {
        Object own = Files.getAttribute(folder, "posix:group");
        try (var _ =
                new RunningServer(Map.of(VerifyServer.AT, file.toString(), "latchkey.verify.group", own.toString()))) {
            assertThat(Files.getAttribute(file, "posix:group")).isEqualTo(own);
        }
        assertThatThrownBy(() -> new RunningServer(
                        Map.of(VerifyServer.AT, file.toString(), "latchkey.verify.group", "no-such-group")))
                .hasStackTraceContaining("cannot listen on unix:" + file + ": this machine has no group no-such-group");
        assertThat(file).doesNotExist();
    }

    @Test
    void is_removed_at_the_end() throws IOException {
        try (var _ = serve()) {
            assertThat(ask()).startsWith("HTTP/1.1 401 ");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void another_file_that_took_its_place_is_not_removed() throws IOException {
        try (var _ = serve()) {
            Files.delete(file);
            Files.writeString(file, "another");
        }
        assertThat(file).hasContent("another");
    }

    @Test
    void replaces_the_socket_of_a_server_that_is_gone() throws IOException {
        abandon();
        try (var _ = serve()) {
            assertThat(ask()).startsWith("HTTP/1.1 401 ");
            assertThat(folder.toFile().list()).containsExactly("verify.sock");
        }
    }

    @Test
    void refuses_a_socket_on_which_another_server_listens_and_leaves_it_alone() throws IOException {
        try (var _ = serve()) {
            assertThatThrownBy(this::serve)
                    .hasStackTraceContaining("cannot listen on unix:" + file + ": another program listens there");
            assertThat(ask()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void refuses_a_file_that_is_no_socket() throws IOException {
        Files.writeString(file, "precious");
        assertThatThrownBy(this::serve)
                .hasStackTraceContaining(
                        "cannot listen on unix:" + file + ": the file is there and is not a socket; name another one");
        assertThat(file).hasContent("precious");
    }

    @Test
    void refuses_a_folder_that_is_not_there() {
        file = folder.resolve("no/such/folder");
        assertThatThrownBy(this::serve)
                .hasStackTraceContaining("cannot listen on unix:" + file
                        + ": the folder is not there, or this user cannot make files in it");
    }

    @Test
    void a_stop_closes_idle_connections_and_takes_no_new_ones() throws Exception {
        try (RunningServer server = serve();
                var connection = new UnixConnection(file).open()) {
            connection.write(ByteBuffer.wrap(REQUEST.getBytes(UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(9);
            while (answer.hasRemaining()) {
                connection.read(answer);
            }
            server.bean(VerifyServer.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(UnixConnection.rest(connection)).startsWith("401 ").endsWith("}");
            assertThat(file).doesNotExist();
        }
    }
}
