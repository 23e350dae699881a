package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.recipe.Question;
import io.latchkey.application.recipe.Recipe;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenName;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import io.latchkey.http.wire.PercentEncoding;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page with the configurations of {@code latchkey config}. */
final class GuardPageTest {
    private static final Pattern SHOWN =
            Pattern.compile("<pre id=\"recipe\"[^>]*><code>(.*?)</code></pre>", Pattern.DOTALL);
    private static final Map<Question, String> ANSWERS = Map.of(
            Question.LISTEN, "[::1]:8443",
            Question.UPSTREAM, "http://10.0.0.9:3000",
            Question.CREDENTIAL, "keep",
            Question.RESOURCE, "grafana:prod",
            Question.LATCHKEY, "http://10.0.0.8:8282",
            Question.VERIFY_PORT, "23456",
            Question.DIR, "/srv/latchkey");

    private static String query(Recipe recipe, Map<Question, String> answers) {
        StringBuilder query = new StringBuilder("?program=" + recipe.program());
        answers.forEach((question, answer) ->
                query.append('&').append(question.field()).append('=').append(PercentEncoding.encode(answer)));
        return query.toString();
    }

    private static String shown(Reply page) {
        Matcher shown = SHOWN.matcher(page.body());
        assertThat(shown.find()).as(page.text()).isTrue();
        return unescaped(shown.group(1));
    }

    private static String unescaped(String html) {
        assertThat(html).doesNotContain("<", ">");
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Where the connection reached the server, whatever name its requests give it. */
    private static Map<Question, String> here(RunningServer server) {
        return Map.of(Question.LATCHKEY, "http://127.0.0.1:" + server.port());
    }

    private static String withoutPermissions(RunningServer server) {
        return server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName("ci"),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of("db:logs:read")))))
                .secret()
                .reveal();
    }

    @Test
    void shows_and_saves_each_recipe_byte_for_byte() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (Recipe recipe : Recipe.values()) {
                for (Map<Question, String> answers : List.of(ANSWERS, Map.<Question, String>of())) {
                    String query = query(recipe, answers);
                    String expected = recipe.text(answers.isEmpty() ? here(server) : answers);
                    assertThat(shown(browser.get("/console/guard" + query)))
                            .as(query)
                            .isEqualTo(expected);
                    Reply file = browser.get("/console/guard/file" + query);
                    assertThat(file.body()).as(query).isEqualTo(expected);
                    assertThat(file.headers("content-type")).containsExactly("text/plain; charset=utf-8");
                    assertThat(file.headers("content-disposition").getFirst())
                            .matches("attachment; filename=\"[a-z0-9.-]+\"|attachment; filename=\"Caddyfile\"");
                }
            }
        }
    }

    @Test
    void begins_with_nginx_and_links_to_all_programs_with_the_same_answers() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            assertThat(shown(browser.get("/console/guard"))).isEqualTo(Recipe.NGINX.text(here(server)));
            String page = browser.get("/console/guard" + query(Recipe.NGINX, Map.of(Question.RESOURCE, "grafana:prod")))
                    .body();
            for (Recipe recipe : Recipe.values()) {
                assertThat(page)
                        .contains(
                                "href=\"/console/guard?program=" + recipe.program() + "&amp;resource=grafana%3Aprod\"");
            }
            assertThat(page).contains("aria-current=\"true\">nginx</a>");
        }
    }

    @Test
    void shows_the_commands_that_create_its_tokens() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            String page = browser.get("/console/guard" + query(Recipe.APACHE, Map.of(Question.RESOURCE, "git:main")))
                    .body();
            assertThat(page)
                    .contains("<code>latchkey create token --permission \"git:main:read,write\" --name alice</code>")
                    .contains("<code>latchkey create token --permission \"introspection:*:read\" --name apache");
        }
    }

    @Test
    void refuses_wrong_answers_with_the_sentence_of_the_command_and_keeps_them() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            Map.of(
                            "listen=8080", "expected HOST:PORT such as 127.0.0.1:8181",
                            "upstream=https://a.example", "expected http://HOST:PORT such as http://127.0.0.1:8181",
                            "latchkey=http://a:0", "expected a port from 1 to 65535",
                            "resource=db:logs", "the type db has actions of its own",
                            "resource=x", "expected TYPE:NAME such as grafana:prod",
                            "credential=drop", "expected strip or keep",
                            "verify-port=99999", "expected a port from 1 to 65535",
                            "dir=etc", "expected an absolute path such as /etc/latchkey")
                    .forEach((wrong, sentence) -> {
                        Reply reply = browser.get("/console/guard?program=haproxy&" + wrong);
                        assertThat(reply.status()).as(wrong).isEqualTo(400);
                        assertThat(reply.body())
                                .as(wrong)
                                .contains("role=\"alert\"", sentence)
                                .doesNotContain("<pre");
                        Reply file = browser.get("/console/guard/file?program=haproxy&" + wrong);
                        assertThat(file.status()).as(wrong).isEqualTo(400);
                        assertThat(file.body()).as(wrong).contains(sentence.substring(1));
                    });
            assertThat(browser.get("/console/guard?listen=8080").body())
                    .contains("name=\"listen\" class=\"mono\" value=\"8080\"", "aria-invalid=\"true\"");
        }
    }

    @Test
    void what_was_typed_stays_text() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            String page = browser.get("/console/guard?resource=" + PercentEncoding.encode("\"><script>\u202e"))
                    .body();
            assertThat(page).doesNotContain("\"><script>").contains("&lt;script&gt;\\u{202e}");
        }
    }

    @Test
    void there_are_no_other_programs_and_files() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (String path : List.of("guard?program=iis", "guard/file?program=..%2Fx", "guard/x", "guard/file/x")) {
                assertThat(browser.get("/console/" + path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void is_for_everybody_who_is_signed_in() {
        try (var server = new RunningServer(Map.of())) {
            assertThat(new Browser(server).get("/console/guard").status()).isEqualTo(303);
            assertThat(new Browser(server).get("/console/guard/file").status()).isEqualTo(303);
            Browser browser = Browser.signedIn(server, withoutPermissions(server));
            Reply page = browser.get("/console/guard");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("<a href=\"/console/guard\" aria-current=\"page\">Guard a service</a>");
        }
    }

    @Test
    void offers_the_address_of_this_server_as_the_connection_knows_it() {
        try (var server = new RunningServer(Map.of())) {
            assertThat(Browser.signedIn(server, server.operator())
                            .get("/console/guard")
                            .body())
                    .contains("name=\"latchkey\" class=\"mono\" value=\"http://127.0.0.1:" + server.port() + "\"")
                    .doesNotContain("localhost");
        }
    }
}
