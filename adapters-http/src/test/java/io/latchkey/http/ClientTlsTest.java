package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.CertificateMint;
import io.latchkey.application.CertificateMint.Minted;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.remote.ServerTrust.Verification;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.tls.TlsIdentity;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which servers the client trusts, and its messages about others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientTlsTest {
    @TempDir
    static Path folder;

    private CertificateMint mint;
    private Path authority;

    @BeforeAll
    void mint() throws IOException {
        mint = new CertificateMint();
        authority = folder.resolve("ca.pem");
        Files.writeString(authority, mint.certificate());
    }

    @Test
    void trusts_a_server_whose_authority_is_in_the_file() {
        Minted good = mint.forThisMachine("good");
        assertThat(count(good, Optional.of(authority), Verification.ON)).isEqualTo(1);
        assertThatThrownBy(() -> count(good, Optional.empty(), Verification.ON))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageEndingWith(
                        "the server's certificate is from an unknown certificate authority; --tls-ca FILE adds one");
    }

    @Test
    void rejects_a_certificate_of_another_host() {
        Minted other = mint.mint(new CertificateBuilder().subject("CN=other").addSanDnsName("tokens.example"));
        assertThatThrownBy(() -> count(other, Optional.of(authority), Verification.ON))
                .hasMessageEndingWith("the server's certificate is for another host name");
        assertThat(count(other, Optional.of(authority), Verification.OFF)).isEqualTo(1);
    }

    @Test
    void rejects_a_certificate_that_is_expired_or_not_yet_valid() {
        Instant now = Instant.now();
        Minted old = mint.mint(CertificateMint.localhost("old")
                .notBefore(now.minus(Duration.ofDays(9)))
                .notAfter(now.minus(Duration.ofDays(6))));
        Minted early = mint.mint(CertificateMint.localhost("early")
                .notBefore(now.plus(Duration.ofDays(1)))
                .notAfter(now.plus(Duration.ofDays(2))));
        assertThatThrownBy(() -> count(old, Optional.of(authority), Verification.ON))
                .hasMessageEndingWith("the server's certificate has expired");
        assertThatThrownBy(() -> count(early, Optional.of(authority), Verification.ON))
                .hasMessageEndingWith("the server's certificate is not valid yet; check the clock");
        assertThat(count(old, Optional.empty(), Verification.OFF)).isEqualTo(1);
    }

    @Test
    void reports_a_server_without_tls() {
        try (var server = new RunningServer()) {
            assertThatThrownBy(() -> ask(
                            "https://127.0.0.1:" + server.port(), "apiv3_x", Optional.of(authority), Verification.ON))
                    .hasMessageEndingWith(
                            "the server does not use TLS on this port; check whether the address begins with http://");
        }
    }

    @Test
    void reports_a_server_that_expects_tls() {
        Minted good = mint.forThisMachine("spoken");
        var files = new TlsIdentity.Source(folder.resolve("spoken.crt"), folder.resolve("spoken.key"));
        good.write(files.certificate(), files.key());
        try (var server = new RunningServer(TlsTest.settings(files, "TLSv1.3", "TLSv1.2"))) {
            URI address = URI.create("http://127.0.0.1:" + server.port());
            String hint = "cannot reach " + address
                    + ": the server expects TLS; check whether the address begins with https://";
            assertThatThrownBy(() -> ask(address.toString(), "apiv3_x", Optional.empty(), Verification.ON))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(hint);
            assertThatThrownBy(() -> new HttpRemoteAuthorities().greet(address, ServerTrust.DEFAULT, Optional.empty()))
                    .hasMessage(hint);
        }
    }

    @Test
    void reports_a_server_that_closes_the_connection() throws IOException {
        try (var server = new CannedServer("")) {
            String address = server.address().toString().replace("http:", "https:");
            assertThatThrownBy(() -> ask(address, "apiv3_x", Optional.empty(), Verification.ON))
                    .hasMessage("cannot reach " + address
                            + ": the server closed the connection; check the port, and that the server uses TLS on it");
        }
    }

    @Test
    void reports_what_is_wrong_with_the_authority_file() throws IOException {
        Path file = folder.resolve("wrong.pem");
        assertThatThrownBy(() -> ask("https://127.0.0.1:1", "apiv3_x", Optional.of(file), Verification.ON))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("the TLS authority file " + file + " cannot be read: there is no such file");
        Files.writeString(file, "nothing");
        assertThatThrownBy(() -> ask("https://127.0.0.1:1", "apiv3_x", Optional.of(file), Verification.ON))
                .hasMessageStartingWith("the TLS authority file " + file + " contains no certificate");
    }

    /** The number of tokens of a server with a certificate. */
    private static int count(Minted certificate, Optional<Path> authority, Verification verification) {
        var files = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        certificate.write(files.certificate(), files.key());
        try (var server = new RunningServer(TlsTest.settings(files, "TLSv1.3", "TLSv1.2"))) {
            String operator = server.operator();
            return ask("https://127.0.0.1:" + server.port() + "/", operator, authority, verification);
        }
    }

    private static int ask(String address, String secret, Optional<Path> authority, Verification verification) {
        return new HttpRemoteAuthorities()
                .at(
                        URI.create(address),
                        new ServerTrust(authority, verification),
                        Optional.of(TokenSecret.presented(secret)))
                .tokens()
                .list()
                .size();
    }
}
