package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a server do what their help says. */
class ServeOptionsIT {
    private static final String WITHOUT_TLS = "without TLS, and tokens can be intercepted";

    @TempDir
    Path home;

    @Test
    void metrics_tell_the_names_of_tokens_when_they_are_to() throws Exception {
        var latchkey = new ChildProcess(home);
        String operator = latchkey.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        latchkey.run("create", "token", "--admin", "--name", "ci", "--expiry", "1d");
        for (String[] options : new String[][] {{"--metrics-token-names"}, {}}) {
            try (var server = latchkey.serve(options);
                    var wire = new HttpProbe(server.address())) {
                assertThat(wire.send("GET", "/metrics", operator, "").body().contains("name=\"ci\""))
                        .isEqualTo(options.length > 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/8,0.0.0.0/0"})
    void every_address_may_be_that_of_a_trusted_proxy(String networks) throws Exception {
        try (var server = new ChildProcess(home).serve("--trusted-proxy", networks)) {
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void says_that_others_reach_it_without_tls() throws Exception {
        Path log = home.resolve("server.log");
        try (var server = new ChildProcess(home).serve()) {
            assertThat(server.process().isAlive()).isTrue();
        }
        assertThat(Transcript.read(log)).doesNotContain(WITHOUT_TLS);
        Process open = new ChildProcess(home)
                .builder("serve", "--http-bind", "0.0.0.0:0")
                .redirectError(log.toFile())
                .start();
        try (var out = open.inputReader(UTF_8)) {
            assertThat(out.readLine()).contains("listens on");
        } finally {
            open.destroyForcibly().waitFor();
        }
        assertThat(Transcript.read(log)).contains("other machines can connect to 0.0.0.0:0 " + WITHOUT_TLS);
    }
}
