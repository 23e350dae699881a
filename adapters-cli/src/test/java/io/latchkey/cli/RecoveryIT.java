package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lets somebody back in, as a process of its own. */
class RecoveryIT {
    private static final Pattern ADDRESS =
            Pattern.compile("recovery endpoint on .*address=\\S*?(127\\.0\\.0\\.1:\\d+)");

    @TempDir
    Path home;

    private URI address() {
        Path log = home.resolve("server.log");
        Eventually.until(() -> ADDRESS.matcher(Transcript.read(log)).find());
        Matcher address = ADDRESS.matcher(Transcript.read(log));
        assertThat(address.find()).isTrue();
        return URI.create("http://" + address.group(1) + "/api/v3/configure/token/admin/regenerate");
    }

    @Test
    void gives_a_secret_that_the_server_knows_at_once() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        String lost = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        try (var server = latchkey.serve("--admin-token-recovery-http-bind", "127.0.0.1:0");
                var wire = new HttpProbe(server.address());
                var client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address())
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            String found = HttpProbe.secret(answer);
            assertThat(wire.knock(found)).isEqualTo(200);
            assertThat(wire.knock(lost)).isEqualTo(401);
            Path log = home.resolve("server.log");
            Eventually.until(() -> Transcript.read(log).contains("exited normally"));
            assertThat(Transcript.read(log))
                    .containsSubsequence(
                            "Admin token recovery endpoint enabled - WARNING: This allows unauthenticated admin token"
                                    + " regeneration!",
                            "starting admin token recovery endpoint on",
                            "Regenerating admin token without password through token recovery API request",
                            "Admin token regenerated successfully, shutting down recovery endpoint",
                            "token recovery server handled request",
                            "Admin token recovery endpoint shutting down after token regeneration",
                            "Admin token recovery service exited normally after token regeneration");
            Secrets.assertNowhereIn(home, List.of(lost, found));
        }
    }

    @Test
    void a_server_that_cannot_have_its_way_back_in_does_not_start() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        try (var server = latchkey.serve()) {
            var result = latchkey.run(
                    "serve",
                    "--http-bind",
                    "127.0.0.1:0",
                    "--admin-token-recovery-http-bind",
                    server.address().getAuthority());
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err().lines().filter(line -> line.startsWith("Serve command failed: ")))
                    .singleElement()
                    .asString()
                    .contains("cannot open the recovery listener on "
                            + server.address().getAuthority());
        }
    }
}
