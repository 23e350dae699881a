package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.wire.Paths;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth beyond the recorded exchanges: other settings, unusual clients, a store that cannot be read. */
final class OAuthTest {
    private RunningServer server = new RunningServer();
    private String operator = server.operator();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"who:%s", ":%s", "wh%%3Ao:%s", "Basic:%s"})
    void accepts_form_encoded_basic_credentials(String pair) {
        assertThat(introspect(basic(pair.formatted(operator)))).contains("\"active\":true");
        assertThat(introspect(basic(pair.formatted(operator.replace("_", "%5F").replace("-", "%2d")))))
                .contains("\"active\":true");
        assertThat(introspect(basic(pair.formatted("%5F" + operator)))).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", "a:%zz", "a:b", ":", ""})
    void rejects_invalid_basic_credentials(String pair) {
        assertThat(introspect(basic(pair))).startsWith("HTTP/1.1 401").contains("\"error\":\"invalid_client\"");
        assertThat(introspect("Authorization: Basic !")).startsWith("HTTP/1.1 401");
    }

    @Test
    void responds_503_and_not_inactive_while_the_store_cannot_be_read() {
        server.breakDown();
        String bearer = "Authorization: Bearer " + operator;
        assertThat(introspect(bearer))
                .startsWith("HTTP/1.1 503")
                .contains("\r\nRetry-After: 1\r\n")
                .doesNotContain("active");
        assertThat(post(Paths.REVOKE, bearer, "token=x")).startsWith("HTTP/1.1 503");
        assertThat(post(Paths.VERIFY_BATCH, bearer + "\r\nContent-Type: application/json", "{\"tokens\":[\"x\"]}"))
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void the_issuer_without_a_public_url_is_a_urn() {
        restart(Map.of());
        assertThat(introspect("Authorization: Bearer " + operator))
                .contains("\"iss\":\"urn:uuid:" + server.authority.instanceId() + "\"");
        String metadata = RawConnection.exchange(
                server.port(),
                ("GET " + Paths.OAUTH_METADATA + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .getBytes(UTF_8));
        assertThat(metadata).startsWith("HTTP/1.1 404").doesNotContain("evil");
    }

    @Test
    void exp_of_an_unlimited_token_is_configurable() {
        restart(Map.of("latchkey.server.introspection-exp", "far"));
        assertThat(introspect("Authorization: Bearer " + operator)).contains("\"exp\":253402300799,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tokens.example", "ftp://x", "https://", "https://x?y", "https://x#y", "https://u:p@x", "%"})
    void rejects_an_invalid_public_url(String url) {
        assertThatThrownBy(() -> new Issuer(url, server.authority)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_public_url_may_have_a_path() {
        assertThat(new Issuer("https://x/tokens/", server.authority).url(Paths.REVOKE))
                .isEqualTo("https://x/tokens/oauth2/revoke");
    }

    @Test
    void accepts_the_same_token_in_header_and_form() {
        String form = "token=x&client_secret=" + operator;
        assertThat(post(Paths.INTROSPECT, basic("latchkey:" + operator), form)).startsWith("HTTP/1.1 200");
        assertThat(post(Paths.REVOKE, "Authorization: Bearer " + operator, form))
                .startsWith("HTTP/1.1 200");
        assertThat(post(Paths.INTROSPECT, basic("latchkey:apiv3_other"), form))
                .startsWith("HTTP/1.1 400")
                .contains("the header and the form hold different credentials: send one of them");
    }

    @Test
    void publishes_metadata_before_the_path_of_the_issuer() {
        String get = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        restart(Map.of("latchkey.server.public-url", "https://tokens.example/auth/latchkey/"));
        for (String path : new String[] {Paths.OAUTH_METADATA, Paths.OAUTH_METADATA + "/auth/latchkey"}) {
            assertThat(RawConnection.exchange(server.port(), get.formatted(path).getBytes(UTF_8)))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"issuer\":\"https://tokens.example/auth/latchkey\"");
        }
        for (String path : new String[] {"/auth", "/auth/latchkey/", "/auth/latchkey/x", "/x"}) {
            assertThat(RawConnection.exchange(
                            server.port(),
                            get.formatted(Paths.OAUTH_METADATA + path).getBytes(UTF_8)))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void verifies_at_most_a_thousand_tokens_in_a_batch() {
        String headers = "Authorization: Bearer " + operator + "\r\nContent-Type: application/json";
        assertThat(post(Paths.VERIFY_BATCH, headers, batch(1000)))
                .startsWith("HTTP/1.1 200")
                .endsWith(",{\"active\":false},{\"active\":false}]}");
        assertThat(post(Paths.VERIFY_BATCH, headers, batch(1001)))
                .startsWith("HTTP/1.1 400")
                .contains("at most 1000");
    }

    private static String batch(int tokens) {
        return IntStream.range(0, tokens)
                .mapToObj(i -> "\"apiv3_" + i + "\"")
                .collect(Collectors.joining(",", "{\"tokens\":[", "]}"));
    }

    private void restart(Map<String, Object> settings) {
        server.close();
        server = new RunningServer(settings);
        operator = server.operator();
    }

    private String introspect(String header) {
        return post(Paths.INTROSPECT, header, "token=" + operator);
    }

    private String post(String path, String headers, String body) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return RawConnection.exchange(server.port(), request.getBytes(UTF_8));
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
