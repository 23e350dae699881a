package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Counts the queries for uses. */
    private static final class CountingStore extends DelegatingStore {
        private int queries;

        CountingStore() {
            super(new InMemoryTokenStore());
        }

        @Override
        public List<TokenUse> uses(Collection<TokenId> tokens) {
            queries++;
            return super.uses(tokens);
        }

        @Override
        public Map<TokenId, List<PeriodUse>> useHistory(
                UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until) {
            queries++;
            return super.useHistory(period, tokens, from, until);
        }
    }

    @Test
    void the_uses_of_all_tokens_of_a_page_are_read_at_once() {
        var store = new CountingStore();
        var clock = new ManualClock();
        try (TokenAuthority authority = new ManualTicker().authority(store, clock)) {
            TokenAdministration tokens =
                    authority.actingAs(new Actor.FileOwner()).tokens();
            List<TokenSecret> secrets = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                secrets.add(tokens.createNamed(new TokenName("t" + i), Lifetime.UNLIMITED, Description.NONE)
                        .secret());
            }
            authority.start();
            secrets.forEach(authority::authenticate);
            FoundTokens found = authority.search(
                    new Actor.FileOwner(),
                    new TokenSearch(
                            List.of(),
                            TokenFilter.EVERY,
                            Optional.empty(),
                            TokenSearch.Column.NAME,
                            TokenSearch.Direction.ASCENDING,
                            0,
                            20,
                            30));
            PeriodUse today = new PeriodUse(UsePeriod.DAY.start(clock.instant()), UseCounts.accepted(1));
            assertThat(found.tokens()).hasSize(20).allSatisfy(listed -> {
                assertThat(listed.use()).map(TokenUse::count).contains(1L);
                assertThat(listed.days()).contains(List.of(today));
            });
            assertThat(store.queries).isEqualTo(2);
        }
    }

    @Test
    void uses_that_a_search_needs_are_not_read_again_for_its_page() {
        var store = new CountingStore();
        try (TokenAuthority authority = new ManualTicker().authority(store, new ManualClock())) {
            TokenSecret secret = authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE)
                    .secret();
            authority.start();
            authority.authenticate(secret);
            FoundTokens found = authority.search(
                    new Actor.FileOwner(),
                    new TokenSearch(
                            List.of(),
                            TokenFilter.EVERY,
                            Optional.empty(),
                            TokenSearch.Column.LAST_USED,
                            TokenSearch.Direction.DESCENDING,
                            0,
                            20));
            assertThat(found.tokens().getFirst().use()).map(TokenUse::count).contains(1L);
            assertThat(store.queries).isZero();
        }
    }

    @Test
    void tokens_are_counted_by_state_as_far_as_the_actor_may_see_them() {
        var clock = new ManualClock();
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock)) {
            TokenAdministration tokens =
                    authority.actingAs(new Actor.FileOwner()).tokens();
            tokens.createOperator();
            for (String name : List.of("a", "b", "c", "d")) {
                tokens.create(new NewToken(
                        new TokenName(name),
                        new Lifetime.Span(Duration.ofDays(name.equals("d") ? 1 : 9)),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.NONE)));
            }
            Token reader = tokens.find(tokens.create(new NewToken(
                            new TokenName("reader"),
                            Lifetime.UNLIMITED,
                            Description.NONE,
                            Attributes.ADMIN.with(Permissions.parse(List.of("tokens:b,c,d:read")))))
                    .name());
            tokens.disable(new TokenName("c"), Reason.NONE, Precondition.NONE);
            authority.start();
            clock.advance(Duration.ofDays(2));
            assertThat(authority.outlook(new Actor.FileOwner(), 3).states())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(TokenState.ACTIVE, 4L, TokenState.DISABLED, 1L, TokenState.EXPIRED, 1L));
            assertThat(authority.outlook(Actor.Holder.of(reader, 1), 3).states())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(TokenState.ACTIVE, 1L, TokenState.DISABLED, 1L, TokenState.EXPIRED, 1L));
        }
    }

    @Test
    void tokens_are_counted_by_the_day_of_their_expiry() {
        var clock = new ManualClock();
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock)) {
            TokenAdministration tokens =
                    authority.actingAs(new Actor.FileOwner()).tokens();
            tokens.createOperator();
            for (int hours : List.of(1, 25, 47, 48, 72, 200)) {
                tokens.createNamed(
                        new TokenName("for " + hours), new Lifetime.Span(Duration.ofHours(hours)), Description.NONE);
            }
            authority.start();
            assertThat(authority.outlook(new Actor.FileOwner(), 3).ends()).containsExactly(1L, 2L, 1L);
            clock.advance(Duration.ofHours(1));
            assertThat(authority.outlook(new Actor.FileOwner(), 3).ends()).containsExactly(0L, 3L, 1L);
            clock.advance(Duration.ofHours(24));
            assertThat(authority.outlook(new Actor.FileOwner(), 3).ends()).containsExactly(2L, 1L, 0L);
        }
    }

    @Test
    void a_letter_is_found_in_any_case_in_every_script() {
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), new ManualClock())) {
            authority.start();
            for (String owner : List.of(
                    "\u00C4rzte",
                    "LONG S",
                    "\u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2",
                    "\uD801\uDC00",
                    "[brackets]")) {
                authority
                        .actingAs(new Actor.FileOwner())
                        .tokens()
                        .create(new NewToken(
                                new TokenName("of " + owner), Lifetime.UNLIMITED, Description.NONE, Attributes.ADMIN));
            }
            assertThat(found(authority, "\u00E4RZ")).containsExactly("of \u00C4rzte");
            assertThat(found(authority, "long \u017F")).containsExactly("of LONG S");
            assertThat(found(authority, "\u03C3\u038A\u03A3"))
                    .containsExactly("of \u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2");
            assertThat(found(authority, "\uD801\uDC00")).containsExactly("of \uD801\uDC00");
            assertThat(found(authority, "{brackets}")).isEmpty();
        }
    }

    @Test
    void every_column_sorts_both_ways_and_equal_values_are_in_the_order_of_creation() {
        var clock = new ManualClock();
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock)) {
            TokenAdministration tokens =
                    authority.actingAs(new Actor.FileOwner()).tokens();
            tokens.createOperator();
            TokenSecret used = null;
            for (String name : List.of("b", "a", "c")) {
                clock.advance(Duration.ofSeconds(1));
                used = tokens.create(new NewToken(
                                new TokenName(name),
                                name.equals("c") ? new Lifetime.Span(Duration.ofDays(1)) : Lifetime.UNLIMITED,
                                Description.NONE,
                                new Attributes(
                                        name.equals("a") ? Rights.ALL : Permissions.NONE,
                                        Origins.ANYWHERE,
                                        NotBefore.NONE,
                                        new Owner(name.equals("a") ? "zoe" : "adam"),
                                        Labels.NONE,
                                        Routes.ANY)))
                        .secret();
            }
            authority.start();
            authority.authenticate(Objects.requireNonNull(used));
            assertThat(sorted(authority, TokenSearch.Column.NAME)).isEqualTo("_admin a b c / c b a _admin");
            assertThat(sorted(authority, TokenSearch.Column.OWNER)).isEqualTo("_admin b c a / a b c _admin");
            assertThat(sorted(authority, TokenSearch.Column.CREATED)).isEqualTo("_admin b a c / c a b _admin");
            assertThat(sorted(authority, TokenSearch.Column.EXPIRY)).isEqualTo("c _admin b a / _admin b a c");
            assertThat(sorted(authority, TokenSearch.Column.LAST_USED)).isEqualTo("_admin b a c / c _admin b a");
            assertThat(sorted(authority, TokenSearch.Column.USES)).isEqualTo("_admin b a c / c _admin b a");
            assertThat(sorted(authority, TokenSearch.Column.KIND)).isEqualTo("_admin a b c / b c a _admin");
            assertThat(ofKind(authority, TokenKind.RESOURCE, TokenSearch.MOST)).containsExactly("b", "c");
            assertThat(ofKind(authority, TokenKind.RESOURCE, 1)).containsExactly("b");
            assertThat(ofKind(authority, TokenKind.OPERATOR, 1)).containsExactly("_admin");
        }
    }

    @Test
    void of_tokens_that_were_used_lately_a_search_for_unused_ones_finds_none() {
        var clock = new ManualClock();
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock)) {
            TokenAdministration tokens =
                    authority.actingAs(new Actor.FileOwner()).tokens();
            TokenSecret used = tokens.createNamed(new TokenName("used"), Lifetime.UNLIMITED, Description.NONE)
                    .secret();
            tokens.createNamed(new TokenName("unused"), Lifetime.UNLIMITED, Description.NONE);
            authority.start();
            clock.advance(Duration.ofDays(2));
            authority.authenticate(used);
            FoundTokens found = authority.search(
                    new Actor.FileOwner(),
                    new TokenSearch(
                            List.of(),
                            new TokenFilter(Optional.of(Duration.ofDays(1)), Optional.empty(), Optional.empty()),
                            Optional.empty(),
                            TokenSearch.Column.NAME,
                            TokenSearch.Direction.ASCENDING,
                            0,
                            10));
            assertThat(found.tokens().stream()
                            .map(listed -> listed.token().name().value()))
                    .containsExactly("unused");
            assertThat(found.matches()).isEqualTo(1);
            assertThat(found.all()).isEqualTo(2);
        }
    }

    private static List<String> ofKind(TokenAuthority authority, TokenKind kind, int limit) {
        return authority
                .search(
                        new Actor.FileOwner(),
                        new TokenSearch(
                                List.of(),
                                TokenFilter.EVERY,
                                Optional.of(kind),
                                TokenSearch.Column.NAME,
                                TokenSearch.Direction.ASCENDING,
                                0,
                                limit))
                .tokens()
                .stream()
                .map(listed -> listed.token().name().value())
                .toList();
    }

    @Test
    void a_page_has_one_token_at_least_and_a_thousand_at_most() {
        for (int wrong : List.of(0, TokenSearch.MOST + 1)) {
            assertThatThrownBy(() -> new TokenSearch(
                            List.of(),
                            TokenFilter.EVERY,
                            Optional.empty(),
                            TokenSearch.Column.NAME,
                            TokenSearch.Direction.ASCENDING,
                            0,
                            wrong))
                    .isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    private static String sorted(TokenAuthority authority, TokenSearch.Column column) {
        return Stream.of(TokenSearch.Direction.values())
                .map(direction -> authority
                        .search(
                                new Actor.FileOwner(),
                                new TokenSearch(
                                        List.of(), TokenFilter.EVERY, Optional.empty(), column, direction, 0, 10))
                        .tokens()
                        .stream()
                        .map(listed -> listed.token().name().value())
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" / "));
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
            assertThat(found(authority, "NV")).containsExactly("build", "Grafana");
            assertThat(found(authority, "nv=PRO")).containsExactly("build", "Grafana");
            assertThat(found(authority, "=")).containsExactly("build", "Grafana");
            assertThat(found(authority, "nvprod")).isEmpty();
            assertThat(found(authority, "prod=")).isEmpty();
        }
    }
}
