package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenName;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Searches for tokens in memory. */
final class TokenSearchTest {
    private static List<String> found(TokenAuthority authority, String text) {
        return authority
                .search(
                        new Actor.FileOwner(),
                        new TokenSearch(
                                TokenSearch.words(text),
                                TokenFilter.EVERY,
                                Optional.empty(),
                                TokenSearch.Column.NAME,
                                TokenSearch.Direction.DESCENDING,
                                0,
                                10))
                .tokens()
                .stream()
                .map(listed -> listed.token().name().value())
                .toList();
    }

    @Test
    void every_word_occurs_in_name_owner_or_label_in_any_case() {
        try (TokenAuthority authority = new ManualTicker()
                .authority(
                        new InMemoryTokenStore(),
                        new InMemorySystemTables(),
                        new ManualClock(),
                        new SecureRandom(),
                        ExpiryPolicy.NONE)) {
            authority.start();
            for (String name : List.of("build", "Grafana")) {
                authority
                        .actingAs(new Actor.FileOwner())
                        .tokens()
                        .create(new NewToken(
                                new TokenName(name),
                                Lifetime.UNLIMITED,
                                Description.NONE,
                                new Attributes(
                                        Rights.ALL,
                                        Origins.ANYWHERE,
                                        NotBefore.NONE,
                                        new Owner("Alice " + name.charAt(0)),
                                        Labels.parse(List.of("env=Prod")),
                                        Routes.ANY)));
            }
            assertThat(found(authority, "")).containsExactly("build", "Grafana");
            assertThat(found(authority, "GRAF")).containsExactly("Grafana");
            assertThat(found(authority, "alice prod")).containsExactly("build", "Grafana");
            assertThat(found(authority, "alice b prod")).containsExactly("build");
            assertThat(found(authority, "prodx")).isEmpty();
        }
    }
}
