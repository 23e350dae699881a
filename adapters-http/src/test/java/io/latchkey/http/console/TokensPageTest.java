package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import io.latchkey.http.console.Browser.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The list of tokens. */
final class TokensPageTest {
    private static final Pattern NAME = Pattern.compile("<a class=\"name\" href=\"[^\"]+\"><bdi>([^<]*)</bdi>");

    private static TokenAdministration tokens(RunningServer server) {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private static String create(RunningServer server, String name, String owner, String label, String... permissions) {
        return tokens(server)
                .create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        new Description("for " + name),
                        new Attributes(
                                Permissions.parse(List.of(permissions)),
                                Origins.ANYWHERE,
                                NotBefore.NONE,
                                owner.isEmpty() ? Owner.NONE : new Owner(owner),
                                Labels.parse(label.isEmpty() ? List.of() : List.of(label)),
                                Routes.ANY)))
                .secret()
                .reveal();
    }

    private static List<String> names(Reply page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return NAME.matcher(page.body()).results().map(each -> each.group(1)).toList();
    }

    @Test
    void finds_tokens_by_name_owner_and_label_in_any_case() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            create(server, "ci-build", "Alice", "env=prod", "db:a:read");
            create(server, "ci-test", "bob", "", "db:a:read");
            create(server, "grafana", "alice", "", "db:a:read");
            assertThat(names(browser.get("/console/tokens")))
                    .containsExactly("_admin", "ci-build", "ci-test", "grafana");
            assertThat(names(browser.get("/console/tokens?q=CI"))).containsExactly("ci-build", "ci-test");
            assertThat(names(browser.get("/console/tokens?q=alice"))).containsExactly("ci-build", "grafana");
            assertThat(names(browser.get("/console/tokens?q=alice+env%3D"))).containsExactly("ci-build");
            assertThat(names(browser.get("/console/tokens?kind=operator"))).containsExactly("_admin");
            assertThat(names(browser.get("/console/tokens?sort=-name&q=ci"))).containsExactly("ci-test", "ci-build");
            assertThat(browser.get("/console/tokens?q=nobody").body()).contains("No token matches");
            assertThat(browser.get("/console/tokens?expiring=soon").status()).isEqualTo(400);
            assertThat(browser.get("/console/tokens?kind=nothing").status()).isEqualTo(400);
        }
    }

    @Test
    void sorts_by_each_column_with_a_value() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            String often = create(server, "often", "", "", "db:a:read");
            String once = create(server, "once", "", "", "db:a:read");
            server.authority.authenticate(TokenSecret.presented(often));
            server.authority.authenticate(TokenSecret.presented(often));
            server.authority.authenticate(TokenSecret.presented(once));
            create(server, "never", "", "", "db:a:read");
            assertThat(names(browser.get("/console/tokens?sort=uses&kind=resource")))
                    .containsExactly("never", "once", "often");
            assertThat(names(browser.get("/console/tokens?sort=-uses&kind=resource")))
                    .containsExactly("often", "once", "never");
            for (String column : List.of("name", "kind", "owner", "expiry", "last_used", "created", "uses")) {
                Reply page = browser.get("/console/tokens?sort=-" + column);
                assertThat(names(page)).as(column).hasSize(4);
                assertThat(page.body()).contains("aria-sort=\"descending\"");
            }
        }
    }

    @Test
    void pages_through_all_tokens_once() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            for (int i = 0; i < 2 * TokenListQuery.PAGE; i++) {
                create(server, "t" + (1000 + i), "", "", "db:a:read");
            }
            List<String> first = names(browser.get("/console/tokens"));
            List<String> second = names(browser.get("/console/tokens?from=40"));
            List<String> third = names(browser.get("/console/tokens?from=80"));
            assertThat(first).hasSize(40).startsWith("_admin", "t1000");
            assertThat(second).hasSize(40).doesNotContainAnyElementsOf(first);
            assertThat(third).containsExactly("t1079");
            assertThat(browser.get("/console/tokens?from=40").body())
                    .contains("41 to 80 of 81", "href=\"?from=80\"", "href=\"?\"");
            assertThat(browser.get("/console/tokens?from=5000").body()).contains("past the end");
            assertThat(browser.get("/console/tokens").body().length()).isLessThan(60_000);
        }
    }

    @Test
    void shows_the_uses_of_30_days_as_a_line_in_few_bytes() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            create(server, "idle", "", "", "db:a:read");
            for (int i = 2; i < TokenListQuery.PAGE; i++) {
                create(server, "busy-" + i, "the owner of it", "env=prod", "db:a:read");
            }
            for (int day = 0; day < 40; day++) {
                Instant at = server.clock.instant().minus(Duration.ofDays(day));
                server.store.addToUseHistory(LongStream.range(2, TokenListQuery.PAGE)
                        .mapToObj(id -> new HourUse(new TokenId(id), at, UseCounts.accepted(1 + at.hashCode() % id)))
                        .toList());
            }
            Reply page = browser.get("/console/tokens?q=busy-39");
            assertThat(page.body()).contains("<svg class=\"spark\"", "<path d=\"M0 ", "in 30 days\"");
            assertThat(browser.get("/console/tokens?q=idle").body()).doesNotContain("<svg class=\"spark\"");
            assertThat(browser.get("/console/tokens").body().length()).isLessThan(60_000);
        }
    }

    @Test
    void shows_a_resource_token_only_what_it_may_see() {
        try (var server = new RunningServer(Map.of())) {
            var _ = server.operator();
            String reader = create(server, "reader", "", "", "tokens:ci-*:read");
            create(server, "ci-a", "", "", "db:a:read");
            create(server, "other", "", "", "db:a:read");
            assertThat(names(Browser.signedIn(server, reader).get("/console/tokens")))
                    .containsExactly("ci-a");
            Browser nobody = Browser.signedIn(server, create(server, "nobody", "", "", "db:a:read"));
            Reply refused = nobody.get("/console/tokens");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("This token needs the permission tokens:*:read");
        }
    }

    @Test
    void hostile_text_is_inert_and_visible() {
        try (var server = new RunningServer(Map.of())) {
            Browser browser = Browser.signedIn(server, server.operator());
            create(server, "x", "\"><img src=x onerror=alert(1)>", "env=<script>alert(1)</script>", "db:a:read");
            String page = browser.get("/console/tokens?q=%22%3E%3Cscript%3E").body();
            assertThat(page).doesNotContain("\"><script>");
            page = browser.get("/console/tokens").body();
            assertThat(page).doesNotContain("<img src=x", "<script>alert").contains("&lt;script&gt;alert(1)");
        }
    }
}
