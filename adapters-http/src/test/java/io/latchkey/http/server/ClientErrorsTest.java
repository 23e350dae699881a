package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.latchkey.application.CertificateMint;
import io.latchkey.application.Eventually;
import io.latchkey.application.LogCounts;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.TlsTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Bytes of a client that no codec accepts cause at most one log line, without a stack trace. */
final class ClientErrorsTest {
    private static final String PREFACE =
            HexFormat.of().formatHex("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    private static final String SETTINGS = "000000040000000000";
    private static final String TOO_LONG = "ffffff010500000001";

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level before = ROOT.getLevel();
    private RunningServer server;
    private SSLContext trust;

    @BeforeEach
    void start() {
        var mint = new CertificateMint();
        server = TlsTest.serving(mint, folder);
        trust = TlsTest.trusting(mint);
        log.start();
        ROOT.addAppender(log);
        ROOT.setLevel(Level.WARN);
        ((Logger) LoggerFactory.getLogger("io.latchkey")).setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        ROOT.detachAppender(log);
        ROOT.setLevel(before);
        ((Logger) LoggerFactory.getLogger("io.latchkey")).setLevel(null);
        server.close();
    }

    /** Sends bytes over HTTP/2 and reads until the server closes the connection. */
    private void send(String hex) throws IOException {
        try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
            readToEnd(socket.getInputStream());
        }
    }

    private static void readToEnd(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server did not close the connection", e);
        } catch (IOException _) {
            // a reset is an end, too
        }
    }

    private void assertOnlyLines(int lines) {
        assertThat(log.list)
                .as(log.list.toString())
                .allSatisfy(event -> {
                    assertThat(event.getLoggerName()).startsWith("io.latchkey");
                    assertThat(event.getThrowableProxy()).isNull();
                })
                .hasSize(lines);
    }

    @Test
    void frames_that_are_not_valid_are_one_line_each() throws IOException {
        List<String> invalid = List.of(
                PREFACE + SETTINGS + TOO_LONG,
                PREFACE + SETTINGS + "000001000000000001" + "00", // DATA of an idle stream
                PREFACE + SETTINGS + "000001010400000000" + "82", // HEADERS of stream 0
                PREFACE + SETTINGS + "000001010500000001" + "ff", // half a number of HPACK
                PREFACE + SETTINGS + "000001090400000001" + "82", // CONTINUATION of nothing
                PREFACE + SETTINGS + "000004080000000000" + "00000000", // WINDOW_UPDATE by 0
                PREFACE + SETTINGS + "000005040000000000" + "0000000000", // SETTINGS of 5 bytes
                PREFACE + SETTINGS + "000004030000000005" + "00000000", // RST_STREAM of an idle stream
                HexFormat.of().formatHex("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1)));
        for (String bytes : invalid) {
            send(bytes);
        }
        assertOnlyLines(invalid.size());
    }

    @Test
    void lines_of_one_client_are_limited_and_counted() throws IOException {
        for (int i = 0; i < LogRateLimit.MOST_OF_ONE + 20; i++) {
            send(PREFACE + SETTINGS + TOO_LONG);
        }
        assertOnlyLines(LogRateLimit.MOST_OF_ONE);
        assertThat(server.bean(LogCounts.class).throttled()).isEqualTo(20);
    }

    @Test
    void a_broken_tls_record_is_no_line() throws IOException {
        try (var raw = new Socket("localhost", server.port());
                var socket =
                        (SSLSocket) trust.getSocketFactory().createSocket(raw, "localhost", server.port(), false)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(HexFormat.of().parseHex(PREFACE + SETTINGS));
            raw.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            raw.getOutputStream().write(HexFormat.of().parseHex("1703030014" + "00".repeat(20)));
            readToEnd(raw.getInputStream());
        }
        assertOnlyLines(0);
    }

    @Test
    void a_chunk_that_is_not_valid_is_the_line_of_its_request_alone() {
        try (var plain = new RunningServer()) {
            String operator = plain.operator();
            for (String target : List.of("/api/v1/whoami", "/api/v1/verify", "/api/v1/tokens", "/nowhere", "/health")) {
                for (String method : List.of("GET", "POST")) {
                    for (String body :
                            List.of("zz\r\n\r\n", "-1\r\n\r\n", "1\r\nab0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\n")) {
                        RawConnection.exchange(
                                plain.port(),
                                (method + " " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + operator
                                                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
                                        .getBytes(ISO_8859_1));
                    }
                }
            }
        }
        assertThat(log.list).as(log.list.toString()).allSatisfy(event -> {
            assertThat(event.getLoggerName()).startsWith("io.latchkey");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }
}
