package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as servers and proxies write them. */
class ResponseReaderTest {
    private static RawResponse read(String text) throws IOException {
        return new ResponseReader(
                        new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(ISO_8859_1)))
                .read();
    }

    private static String body(String text) throws IOException {
        return new String(read(text).body(), ISO_8859_1);
    }

    @Test
    void reads_a_body_of_declared_length() throws IOException {
        RawResponse answer = read("HTTP/1.1 201 Created\nContent-Length: 2\nCONTENT-TYPE:  text/plain \n\nabcd");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).contains("text/plain");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.body()).asString().isEqualTo("ab");
    }

    @Test
    void reads_a_chunked_body() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3;x=y\nabc\nA\n0123456789\n0\nTrailer: 1\n\n"))
                .isEqualTo("abc0123456789");
    }

    @Test
    void reads_a_body_without_length_until_the_connection_closes() throws IOException {
        assertThat(body("HTTP/1.0 200 OK\n\nall\nof it")).isEqualTo("all\r\nof it");
    }

    @Test
    void some_statuses_have_no_body() throws IOException {
        assertThat(body("HTTP/1.1 204 No Content\nContent-Length: 3\n\nabc")).isEmpty();
    }

    @Test
    void skips_informational_responses() throws IOException {
        assertThat(body("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 200\n\nabc"))
                .isEqualTo("abc");
        assertThat(read("HTTP/1.1 101 Switching Protocols\n\nHTTP/1.1 200\n\nabc")
                        .status())
                .isEqualTo(101);
    }

    @Test
    void accepts_lines_that_end_with_a_line_feed() throws IOException {
        byte[] text = "HTTP/1.1 200 OK\nContent-Length: 1\n\na".getBytes(ISO_8859_1);
        assertThat(new ResponseReader(new ByteArrayInputStream(text)).read().body())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\n",
                "HTTP/1.1 OK\n\n",
                "HTTP/1.1 20\n\n",
                "HTTP/1.1 +20 OK\n\n",
                "HTTP/1.1 099 OK\n\n",
                "HTTP/1.1 2000 OK\n\n",
                "HTTP/2.0 200 OK\n\n",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\nno name\n\n",
                "HTTP/1.1 200 OK\n: no name\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 4\n\nabc",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\nabc",
                "HTTP/1.1 200 OK\nContent-Length: 99999999999\n\nabc",
                "HTTP/1.1 200 OK\nContent-Length: 2000000000\n\nabc",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\nabc",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nabc\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n\nabc\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7fffffff\nabc\n0\n\n",
            })
    void rejects_anything_else(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void limits_the_length_of_headers() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\nX: " + "x".repeat(70_000)))
                .hasMessage("too long");
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n" + "X: x\n".repeat(70_000)))
                .hasMessage("too long");
    }
}
