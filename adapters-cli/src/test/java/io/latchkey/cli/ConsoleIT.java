package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.command.ExitCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links to the console of the built image, for the owner of the database file. */
class ConsoleIT {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("(http://[^?]+)\\?((?:owner|link)=[A-Za-z0-9_-]{43})\n");

    @TempDir
    private Path folder;

    private BuiltImage image;

    @BeforeEach
    void create() throws Exception {
        image = new BuiltImage(folder);
        assertThat(image.run("create", "token", "--admin").code()).isZero();
    }

    private ChildProcess.Result link(ChildProcess.Server server) throws Exception {
        return image.run("console", "--no-open", "--http-bind", server.address().getRawAuthority());
    }

    /** The session that a link gives; nothing is sent along but what a browser would send. */
    private static HttpResponse<String> use(Matcher link) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            URI signIn = URI.create(link.group(1));
            var page = browser.send(
                    HttpRequest.newBuilder(URI.create(link.group().strip())).build(), BodyHandlers.ofString());
            Matcher formToken = FORM_TOKEN.matcher(page.body());
            assertThat(formToken.find()).as(page.body()).isTrue();
            return browser.send(
                    HttpRequest.newBuilder(signIn)
                            .header("Sec-Fetch-Site", "same-origin")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Cookie", cookie(page))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    link.group(2) + "&form_token=" + formToken.group(1)))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static String get(URI address, String cookie) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(
                            HttpRequest.newBuilder(address)
                                    .header("Cookie", cookie)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private List<String> left() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString)
                    .filter(name -> name.endsWith("-console"))
                    .toList();
        }
    }

    @Test
    void a_link_signs_the_owner_in_once() throws Exception {
        try (ChildProcess.Server server = image.serve()) {
            ChildProcess.Result printed = link(server);
            assertThat(printed.err()).isEmpty();
            Matcher link = LINK.matcher(printed.out());
            assertThat(link.matches()).as(printed.out()).isTrue();
            assertThat(left())
                    .singleElement()
                    .satisfies(file -> assertThat(Path.of(file))
                            .content()
                            .doesNotContain(link.group(2).substring("owner=".length())));
            HttpResponse<String> signedIn = use(link);
            assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(303);
            assertThat(left()).isEmpty();
            assertThat(get(server.address().resolve("/console/tokens"), cookie(signedIn)))
                    .contains(System.getProperty("user.name") + ", owner of the database", "_admin");
            assertThat(use(link).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_server_without_a_console_is_named_and_no_code_is_left() throws Exception {
        try (ChildProcess.Server server = image.serve("--console", "off")) {
            ChildProcess.Result refused = link(server);
            assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err())
                    .contains("there is no web console", server.address().getRawAuthority());
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void a_server_that_does_not_run_is_named_and_no_code_is_left() throws Exception {
        ChildProcess.Result refused = image.run("console", "--no-open", "--http-bind", "127.0.0.1:1");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .contains("cannot reach http://127.0.0.1:1: connection refused; check that the server is");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_session_has_ended_when_the_command_that_ends_its_token_has() throws Exception {
        String secret = image.run("create", "token", "--admin", "--name", "ci", "--format", "token")
                .out()
                .strip();
        try (ChildProcess.Server server = image.serve()) {
            Matcher link = LINK.matcher(
                    image.run("console", "--no-open", "--host", server.address().toString(), "--token", secret)
                            .out());
            assertThat(link.matches()).isTrue();
            String session = cookie(use(link));
            URI tokens = server.address().resolve("/console/tokens");
            assertThat(get(tokens, session)).contains("Signed in as");
            assertThat(image.run("disable", "token", "--token-name", "ci").code())
                    .isZero();
            assertThat(get(tokens, session)).isEmpty(); // goes on to the page that signs in
        }
    }

    @Test
    void a_configuration_is_the_one_that_the_command_prints() throws Exception {
        try (ChildProcess.Server server = image.serve()) {
            Matcher link = LINK.matcher(link(server).out());
            assertThat(link.matches()).isTrue();
            String session = cookie(use(link));
            for (String program : List.of("nginx", "haproxy", "dovecot-oauth2", "gitleaks")) {
                assertThat(get(
                                server.address()
                                        .resolve("/console/guard/file?latchkey=http://127.0.0.1:8181&program="
                                                + program),
                                session))
                        .isEqualTo(image.run("config", program).out());
            }
            assertThat(get(
                            server.address()
                                    .resolve(
                                            "/console/guard/file?latchkey=http://127.0.0.1:8181&program=caddy&credential=keep"
                                                    + "&listen=0.0.0.0:8443&resource=grafana:prod"),
                            session))
                    .isEqualTo(image.run(
                                    "config",
                                    "caddy",
                                    "--no-strip-credential",
                                    "--listen",
                                    "0.0.0.0:8443",
                                    "--resource",
                                    "grafana:prod")
                            .out());
        }
    }
}
