package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
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
import io.latchkey.domain.TokenName;
import io.latchkey.http.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** How much a browser loads. */
final class PageSizeTest {
    private static final int PAGE = 60_000;
    private static final int ASSETS = 40_000;

    @Test
    void a_page_of_tokens_that_say_much_about_themselves_is_small() {
        try (var server = new RunningServer(Map.of())) {
            String operator = server.operator();
            TokenAdministration tokens =
                    server.authority.actingAs(new Actor.FileOwner()).tokens();
            for (int i = 0; i < TokenListQuery.PAGE; i++) {
                IssuedToken issued = tokens.create(new NewToken(
                        new TokenName("backup-of-service-" + i),
                        Lifetime.parse("90d"),
                        new Description("Copies the database every night"),
                        new Attributes(
                                Permissions.parse(List.of("db:metrics:read")),
                                Origins.ANYWHERE,
                                NotBefore.NONE,
                                new Owner("Team Observability"),
                                Labels.parse(List.of("env=prod", "team=a")),
                                Routes.ANY)));
                server.authority.authenticate(issued.secret(), InetAddress.getLoopbackAddress());
            }
            Eventually.until(
                    () -> !tokens.uses(new TokenName("backup-of-service-39")).isEmpty());
            Browser browser = Browser.signedIn(server, operator);
            String page = browser.get("/console/tokens?sort=-name").body();
            assertThat(page).contains("backup-of-service-39", "team=a", "<path d=");
            assertThat(page.getBytes(UTF_8)).hasSizeLessThan(PAGE);
        }
    }

    @Test
    void the_style_and_the_script_are_small() throws IOException {
        int size = 0;
        for (String asset : List.of("console.css", "console.js")) {
            try (var in = PageSizeTest.class.getResourceAsStream(asset)) {
                assertThat(in).isNotNull();
                var zipped = new ByteArrayOutputStream();
                try (var zip = new GZIPOutputStream(zipped)) {
                    in.transferTo(zip);
                }
                size += zipped.size();
            }
        }
        assertThat(size).isBetween(1, ASSETS);
    }
}
