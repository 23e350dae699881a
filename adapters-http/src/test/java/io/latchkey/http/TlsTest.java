package io.latchkey.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.latchkey.application.CertificateMint;
import io.latchkey.application.Eventually;
import io.latchkey.application.ManualClock;
import io.latchkey.domain.Actor;
import io.latchkey.http.forwardauth.VerifyPort;
import io.latchkey.http.recovery.RecoveryPort;
import io.latchkey.http.tls.ReloadingCertificate;
import io.latchkey.http.tls.TlsIdentity;
import io.latchkey.http.wire.Paths;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public final class TlsTest {
    private static final byte[] KNOCK = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);

    @TempDir
    static Path folder;

    private CertificateMint mint;
    private CertificateMint.Minted first;
    private CertificateMint.Minted second;
    private TlsIdentity.Source files;

    @BeforeAll
    void mint() {
        mint = new CertificateMint();
        first = mint.forThisMachine("first");
        second = mint.forThisMachine("second");
        files = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    @Test
    void rejects_tls_versions_below_the_minimum() throws Exception {
        first.write(files.certificate(), files.key());
        try (var usual = new RunningServer(settings(files, "TLSv1.3", "TLSv1.2"));
                var strict = new RunningServer(settings(files, "TLSv1.3"))) {
            assertThat(knock(usual, "TLSv1.2")).startsWith("HTTP/1.1 200");
            assertThat(knock(usual, "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThat(knock(strict, "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> knock(strict, "TLSv1.2")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void rejects_renegotiation_by_a_client() throws Exception {
        first.write(files.certificate(), files.key());
        try (var server = new RunningServer(settings(files, "TLSv1.2"));
                var open = connect(server, "TLSv1.2")) {
            assertThat(knock(open)).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> {
                        open.startHandshake();
                        knock(open);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void uses_a_new_certificate_and_keeps_connections_open() throws Exception {
        first.write(files.certificate(), files.key());
        try (var server = new RunningServer(settings(files, "TLSv1.3"));
                var open = connect(server, "TLSv1.3")) {
            assertThat(subject(open)).isEqualTo("CN=first");
            assertThat(knock(open)).startsWith("HTTP/1.1 200");
            second.write(files.certificate(), files.key());
            Eventually.get(() -> subject(server.port()), "CN=second"::equals);
            assertThat(knock(open)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void recovers_the_operator_token_over_tls() throws Exception {
        first.write(files.certificate(), files.key());
        Map<String, Object> settings = new HashMap<>(settings(files, "TLSv1.3"));
        settings.put("latchkey.recovery.host", "127.0.0.1");
        settings.put("latchkey.recovery.port", 0);
        try (var server = new RunningServer(settings);
                var client = HttpClient.newBuilder().sslContext(trusting(mint)).build()) {
            server.authority.actingAs(new Actor.FileOwner()).tokens().createOperator();
            int port = RecoveryPort.of(server);
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + Paths.REGENERATE_OPERATOR))
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void a_port_for_verdicts_has_the_same_tls_and_a_socket_for_them_has_none(@TempDir Path sockets) throws Exception {
        first.write(files.certificate(), files.key());
        Map<String, Object> settings = new HashMap<>(settings(files, "TLSv1.3"));
        settings.put("latchkey.verify.at", "127.0.0.1");
        try (var server = new RunningServer(settings)) {
            int port = VerifyPort.of(server);
            assertThat(knock(connect(port, "TLSv1.3"))).startsWith("HTTP/1.1 404");
            assertThatThrownBy(() -> connect(port, "TLSv1.2").startHandshake()).isInstanceOf(SSLException.class);
            second.write(files.certificate(), files.key());
            Eventually.get(() -> subject(port), "CN=second"::equals);
        }
        settings.put("latchkey.verify.at", sockets.resolve("s").toString());
        try (var _ = new RunningServer(settings)) {
            assertThat(new UnixConnection(sockets.resolve("s"))
                            .exchange("GET /api/v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void the_recovery_listener_uses_the_new_certificate() throws Exception {
        first.write(files.certificate(), files.key());
        Map<String, Object> settings = new HashMap<>(settings(files, "TLSv1.3"));
        settings.put("latchkey.recovery.host", "127.0.0.1");
        settings.put("latchkey.recovery.port", 0);
        try (var server = new RunningServer(settings)) {
            int port = RecoveryPort.of(server);
            assertThat(subject(port)).isEqualTo("CN=first");
            second.write(files.certificate(), files.key());
            Eventually.get(() -> subject(port), "CN=second"::equals);
            assertThatThrownBy(() -> connect(port, "TLSv1.2").startHandshake()).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void keeps_the_old_certificate_and_logs_an_error_if_the_new_one_is_invalid() throws Exception {
        first.write(files.certificate(), files.key());
        Logger logger = (Logger) LoggerFactory.getLogger(ReloadingCertificate.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        var certificate = new ReloadingCertificate(files, new ManualClock());
        try {
            Files.writeString(files.certificate(), second.certificate());
            certificate.look();
            assertThat(log.list).hasSize(1);
            certificate.look();
            certificate.look();
            Files.delete(files.key());
            certificate.look();
            certificate.look();
            certificate.look();
            assertThat(subjects(certificate)).containsExactly("CN=first");
            Files.writeString(files.key(), second.key());
            Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
            certificate.look();
            certificate.look();
            certificate.look();
            assertThat(subjects(certificate)).containsExactly("CN=second");
        } finally {
            logger.detachAppender(log);
            certificate.close();
        }
        String stays = "ERROR the TLS files changed and cannot be used, the current certificate stays in use: ";
        assertThat(log.list.stream().map(line -> line.getLevel() + " " + line.getFormattedMessage()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("is valid until"),
                        line -> assertThat(line).startsWith(stays).contains("does not match the first certificate"),
                        line -> assertThat(line).startsWith(stays).endsWith("there is no such file"),
                        line -> assertThat(line).startsWith("WARN the TLS key in"),
                        line -> assertThat(line).contains("is valid until"));
    }

    private static List<String> subjects(ReloadingCertificate certificate) throws Exception {
        KeyStore store = Flux.from(certificate.getKeyStore()).blockFirst();
        return List.of(((X509Certificate) store.getCertificate("latchkey"))
                .getSubjectX500Principal()
                .getName());
    }

    /** A server for TLS 1.2 and 1.3, with a certificate that it keeps in a folder. */
    public static RunningServer serving(CertificateMint mint, Path folder) {
        var files = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        mint.forThisMachine("server").write(files.certificate(), files.key());
        return new RunningServer(settings(files, "TLSv1.3", "TLSv1.2"));
    }

    public static Map<String, Object> settings(TlsIdentity.Source files, String... protocols) {
        return Map.of(
                "latchkey.server.tls-cert",
                files.certificate().toString(),
                "latchkey.server.tls-key",
                files.key().toString(),
                "micronaut.server.ssl.enabled",
                true,
                "micronaut.server.ssl.port",
                0,
                "micronaut.server.ssl.protocols",
                List.of(protocols),
                "micronaut.server.http-version",
                "2.0");
    }

    private String knock(RunningServer server, String protocol) throws Exception {
        try (var socket = connect(server, protocol)) {
            return knock(socket);
        }
    }

    private static String knock(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(KNOCK);
        byte[] answer = new byte[1024];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(length, 0), US_ASCII);
    }

    private SSLSocket connect(RunningServer server, String protocol) throws IOException {
        return connect(server.port(), protocol);
    }

    private SSLSocket connect(int port, String protocol) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting(mint).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
        return socket;
    }

    private String subject(int port) {
        try (var socket = connect(port, "TLSv1.3")) {
            return subject(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** A context that trusts an authority. */
    public static SSLContext trusting(CertificateMint mint) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca",
                    TlsIdentity.certificates("the test's", mint.certificate()).getFirst());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
