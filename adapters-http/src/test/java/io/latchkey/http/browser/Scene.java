package io.latchkey.http.browser;

import io.latchkey.application.Eventually;
import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens as a server has them after a while: in every state, with texts that are long, in many scripts or hostile. */
record Scene(RunningServer server, String operator, String grafana) {
    /** Names that a page must show as they are, and nothing else. */
    static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "../../sign-out?a=b#c",
            "日本語のトークン名",
            "نسخة-احتياطية",
            "🔑 keys & <b>locks</b>",
            "W".repeat(128));

    /** Text with a mark that makes "live" look like "evil" where it is not isolated and shown. */
    private static final String REVERSED = "backup \u202Eevil\u202C <b>bold</b>";

    static Scene of(RunningServer server) {
        String operator = server.operator();
        Scene scene = new Scene(server, operator, scene(server).grafana());
        HOSTILE.forEach(name -> scene.create(name, "never", REVERSED, REVERSED, List.of("db:*:read")));
        return scene;
    }

    private static Scene scene(RunningServer server) {
        Scene before = new Scene(server, "", "");
        before.create(
                "migration-2025", "12d", "Moved the archive", "ada@example.org", List.of("db:archive:read,write"));
        server.clock.advance(Duration.ofDays(20));
        String grafana = before.create(
                "grafana", "9d", "Reads for the dashboards", "Team Observability", List.of("db:metrics,logs:read"));
        String ci = before.create("ci-build", "90d", "", "", List.of("tokens:ci-*:rotate", "grafana:prod:read,write"));
        before.create("laptop-of-eve", "never", "", "eve@example.org", List.of("system:metrics:read"));
        TokenAdministration tokens = before.tokens();
        tokens.create(new NewToken(
                new TokenName("next-year"),
                Lifetime.parse("2y"),
                new Description("Begins with the new contract"),
                new Attributes(
                        Permissions.parse(List.of("ledger:*:read", "introspection:*:read")),
                        Origins.parse(List.of("10.0.0.0/8", "2001:db8::/32")),
                        NotBefore.of(server.clock.instant().plus(Duration.ofDays(40))),
                        new Owner("Contracts"),
                        Labels.parse(List.of("env=prod", "contract=2026-b", "cost-centre=4711")),
                        Routes.ANY)));
        tokens.create(new NewToken(new TokenName("deploy"), Lifetime.UNLIMITED, Description.NONE, Attributes.ADMIN));
        tokens.disable(new TokenName("laptop-of-eve"), new Reason("It was left in a train."), Precondition.NONE);
        tokens.rotate(new TokenName("ci-build"), GracePeriod.parse("1h"), Optional.empty(), Precondition.NONE);
        before.useOverTime("grafana");
        before.use("grafana", grafana, 1_234, "10.1.2.3");
        before.use("ci-build", ci, 17, "2001:db8::17");
        server.clock.advance(Duration.ofMinutes(5));
        return new Scene(server, "", grafana);
    }

    TokenAdministration tokens() {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    /** Creates a token and returns its secret. */
    String create(String name, String lifetime, String description, String owner, List<String> permissions) {
        return tokens().create(new NewToken(
                        new TokenName(name),
                        Lifetime.parse(lifetime),
                        new Description(description),
                        new Attributes(
                                Permissions.parse(permissions),
                                Origins.ANYWHERE,
                                NotBefore.NONE,
                                new Owner(owner),
                                Labels.parse(List.of("env=prod", "team=a")),
                                Routes.ANY)))
                .secret()
                .reveal();
    }

    /** More on working days and by day than on others, and some refusals. */
    private void useOverTime(String name) {
        TokenId id = tokens().find(new TokenName(name)).id();
        List<HourUse> uses = new ArrayList<>();
        for (int hour = 1; hour < 24 * 60; hour++) {
            Instant at = server.clock.instant().minus(Duration.ofHours(hour));
            boolean isAtWork = at.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() < 6
                    && Math.abs(at.atZone(ZoneOffset.UTC).getHour() - 13) < 5;
            long accepted = isAtWork ? 40 + at.hashCode() % 20 : at.hashCode() % 5;
            uses.add(new HourUse(id, at, new UseCounts(accepted, 0, 0, hour < 30 ? 7 : 0, 0, hour % 50 / 45, 0)));
        }
        server.store.addToUseHistory(uses.reversed());
    }

    private void use(String name, String secret, int times, String from) {
        try {
            for (int i = 0; i < times; i++) {
                server.authority.authenticate(TokenSecret.presented(secret), InetAddress.getByName(from));
            }
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
        Eventually.until(() -> !tokens().uses(new TokenName(name)).isEmpty());
    }
}
