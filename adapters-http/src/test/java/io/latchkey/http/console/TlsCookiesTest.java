package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.CertificateMint;
import io.latchkey.http.RunningServer;
import io.latchkey.http.TlsTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cookies and links of the console over TLS, in both versions of HTTP. */
final class TlsCookiesTest {
    private final CertificateMint mint = new CertificateMint();

    @TempDir
    private Path folder;

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(RunningServer server, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_cookie_is_bound_to_this_host_and_to_tls(HttpClient.Version version) throws Exception {
        try (var server = TlsTest.serving(mint, folder);
                var client = client(version)) {
            HttpResponse<String> page = send(client, request(server, "/console/sign-in"));
            assertThat(page.version()).isEqualTo(version);
            String cookie = page.headers().firstValue("set-cookie").orElseThrow();
            assertThat(cookie)
                    .startsWith("__Host-latchkey-sign-in-" + server.port() + "=")
                    .endsWith("; Secure");
            HttpResponse<String> in = signIn(client, server, page, "https");
            assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
            assertThat(in.headers().allValues("set-cookie"))
                    .anySatisfy(set -> assertThat(set)
                            .startsWith("__Host-latchkey-console-" + server.port() + "=")
                            .endsWith("; Secure"));
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void no_page_of_plain_http_is_of_the_same_origin(HttpClient.Version version) throws Exception {
        try (var server = TlsTest.serving(mint, folder);
                var client = client(version)) {
            HttpResponse<String> page = send(client, request(server, "/console/sign-in"));
            HttpResponse<String> in = signIn(client, server, page, "http");
            assertThat(in.statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void no_recipe_asks_in_plain_http_where_there_is_only_tls(HttpClient.Version version) throws Exception {
        try (var server = TlsTest.serving(mint, folder);
                var client = client(version)) {
            HttpResponse<String> in =
                    signIn(client, server, send(client, request(server, "/console/sign-in")), "https");
            String session = in.headers().allValues("set-cookie").stream()
                    .filter(cookie -> cookie.startsWith("__Host-latchkey-console-" + server.port() + "="))
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> guard =
                    send(client, request(server, "/console/guard").header("Cookie", session.split(";", 2)[0]));
            assertThat(guard.version()).isEqualTo(version);
            assertThat(guard.statusCode()).isEqualTo(200);
            assertThat(guard.body()).contains("http://127.0.0.1:8181").doesNotContain(":" + server.port());
        }
    }

    private static HttpResponse<String> signIn(
            HttpClient client, RunningServer server, HttpResponse<String> page, String scheme) throws Exception {
        String cookie = page.headers().firstValue("set-cookie").orElseThrow();
        String form = "secret=" + server.operator() + "&form_token=" + new Browser.Reply(page.body()).formToken();
        return send(
                client,
                request(server, "/console/sign-in")
                        .header("Cookie", cookie.split(";", 2)[0])
                        .header("Origin", scheme + "://localhost:" + server.port())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(TlsTest.trusting(mint))
                .build();
    }
}
