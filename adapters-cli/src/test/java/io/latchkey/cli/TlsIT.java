package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.cli.ChildProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS and a command line that asks it, each a process of its own. */
class TlsIT {
    @TempDir
    Path home;

    private ChildProcess latchkey;
    private String certificate;
    private String key;
    private String authority;

    @BeforeEach
    void install() throws Exception {
        latchkey = new ChildProcess(home);
        var mint = new CertificateMint();
        certificate = home.resolve("cert.pem").toString();
        key = home.resolve("key.pem").toString();
        authority = home.resolve("ca.pem").toString();
        mint.forThisMachine("server").write(Path.of(certificate), Path.of(key));
        Files.writeString(Path.of(authority), mint.certificate());
    }

    @Test
    void keeps_a_token_from_whoever_is_not_the_server() throws Exception {
        Result created = latchkey.run("create", "token", "--admin", "--format", "token");
        String operator = created.out().strip();
        try (var server = latchkey.serve("--tls-cert", certificate, "--tls-key", key)) {
            String host = server.address().toString();
            assertThat(host).startsWith("https://127.0.0.1:");
            Result believed = latchkey.run(
                    "show", "tokens", "--host", host, "--token", operator, "--format", "csv", "--tls-ca", authority);
            assertThat(believed.err()).isEmpty();
            assertThat(believed.out()).contains("_admin");
            assertThat(latchkey.run("show", "tokens", "--host", host, "--token", operator))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "Show command failed: cannot reach " + host + ": the server's certificate is from an"
                                    + " unknown certificate authority; --tls-ca FILE adds one\n"));
            Result blind = latchkey.run(
                    "show", "tokens", "--host", host, "--token", operator, "--format", "csv", "--tls-no-verify");
            assertThat(blind.out()).isEqualTo(believed.out());
            assertThat(blind.err())
                    .isEqualTo(
                            "warning: the server's certificate is not verified: the connection can be intercepted\n");
            String log = Files.readString(home.resolve("server.log"));
            assertThat(log)
                    .contains("the TLS certificate in " + certificate + " is valid until")
                    .doesNotContain("WARN", "\tat ");
        }
    }

    @Test
    void who_asks_it_in_the_clear_is_told() throws Exception {
        latchkey.run("create", "token", "--admin", "--format", "token");
        try (var server = latchkey.serve("--tls-cert", certificate, "--tls-key", key)) {
            String place = "127.0.0.1:" + server.address().getPort();
            String reason = "cannot reach http://" + place
                    + ": the server expects TLS; check whether the address begins with https://\n";
            assertThat(latchkey.run("show", "tokens", "--host", "http://" + place, "--token", "apiv3_x"))
                    .isEqualTo(new Result(1, "", "Show command failed: " + reason));
            assertThat(latchkey.run("doctor", "--host", "http://" + place).out())
                    .isEqualTo("attention server       " + reason);
            assertThat(latchkey.run("doctor", "--http-bind", place).out())
                    .contains("ok        address      a token authority listens on " + place + " over TLS\n");
        }
    }

    @Test
    void does_not_start_with_files_that_cannot_be_used() throws Exception {
        Result missing =
                latchkey.run("serve", "--http-bind", "127.0.0.1:0", "--tls-cert", "/no/cert", "--tls-key", key);
        assertThat(missing)
                .isEqualTo(new Result(
                        1,
                        "",
                        "Serve command failed: the TLS certificate file /no/cert cannot be read: there is no such"
                                + " file\n"));
        Result swapped =
                latchkey.run("serve", "--http-bind", "127.0.0.1:0", "--tls-cert", key, "--tls-key", certificate);
        assertThat(swapped.code()).isEqualTo(1);
        assertThat(swapped.err())
                .isEqualTo("Serve command failed: the TLS certificate file " + key
                        + " contains no certificate: expected PEM, which begins with -----BEGIN CERTIFICATE-----\n");
    }
}
