package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a token was used, as other processes hear of it. */
class UsesIT {
    private static final Pattern COUNT = Pattern.compile("\"use_count\":(\\d+)");

    @TempDir
    Path home;

    private ChildProcess latchkey;
    private String secret;

    @BeforeEach
    void create() throws Exception {
        latchkey = new ChildProcess(home);
        secret = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
    }

    @Test
    void a_server_that_is_killed_loses_no_more_than_the_last_interval() throws Exception {
        try (var server = latchkey.serve()) {
            verify(server, 50);
            Eventually.until(() -> counted() == 50);
            verify(server, 7);
        } // killed
        assertThat(counted()).isBetween(50L, 57L);
        long before = counted();
        try (var server = latchkey.serve()) {
            verify(server, 3);
            end(server);
        }
        assertThat(counted()).isEqualTo(before + 3);
    }

    @Test
    void a_server_that_is_told_to_end_loses_nothing() throws Exception {
        try (var server = latchkey.serve()) {
            verify(server, 5);
            end(server);
        }
        assertThat(counted()).isEqualTo(5);
    }

    /** Ends a server as a person would, so that it writes down what it has counted. */
    private static void end(ChildProcess.Server server) {
        server.process().destroy();
        assertThat(server.process().onExit().join().exitValue()).isZero();
    }

    private void verify(ChildProcess.Server server, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            var connection = (HttpURLConnection)
                    server.address().resolve("/api/v1/verify").toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + secret);
            assertThat(connection.getResponseCode()).isEqualTo(204);
        }
    }

    private long counted() {
        try {
            Matcher count = COUNT.matcher(latchkey.run("show", "tokens", "--usage", "--format", "json")
                    .out());
            assertThat(count.find()).isTrue();
            return Long.parseLong(count.group(1));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
