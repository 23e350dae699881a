package io.latchkey.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenUse;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenId;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TokenListingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final List<TokenSummary> TOKENS = List.of(
            token("_admin", Expiry.NEVER, days(400), "", use(Duration.ofMinutes(3), "192.0.2.7", 120)),
            token(
                    "ci",
                    in(9),
                    days(81),
                    "nightly build, and whatever is published of it",
                    use(Duration.ofSeconds(20), 7)),
            token("東京 🔑", in(-3), days(93), "鍵".repeat(40)),
            resting("on-leave", days(30), "until summer\u202e"),
            token("backup-of-the-cluster", in(800), Duration.ofHours(30), "to the other continent"));

    private static TokenSummary token(String name, Expiry expiry, Duration age, String description, TokenUse... uses) {
        return new TokenSummary(
                name, expiry, Optional.empty(), NOW.minus(age), description, Optional.of(List.of(uses)));
    }

    private static TokenSummary resting(String name, Duration age, String description) {
        return new TokenSummary(
                name,
                Expiry.NEVER,
                Optional.of(new Disablement(NOW, Reason.NONE)),
                NOW.minus(age),
                description,
                Optional.of(List.of()));
    }

    /** What an InfluxDB 3 tells. */
    private static TokenSummary strange(String name, Expiry expiry) {
        return new TokenSummary(name, expiry, Optional.empty(), NOW, "", Optional.empty());
    }

    private static TokenUse use(Duration ago, String from, long count) {
        return new TokenUse(TokenId.FIRST, 1, NOW.minus(ago), Optional.of(from), count);
    }

    private static TokenUse use(Duration ago, long count) {
        return new TokenUse(TokenId.FIRST, 1, NOW.minus(ago), Optional.empty(), count);
    }

    private static Expiry in(int days) {
        return Expiry.at(NOW.plus(days(days)));
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static Environment terminal(String... variables) {
        return new Environment(
                IntStream.range(0, variables.length / 2)
                        .boxed()
                        .collect(Collectors.toMap(i -> variables[2 * i], i -> variables[2 * i + 1])),
                InputStream.nullInputStream(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                () -> true);
    }

    private static String at(int width) {
        return new TokenListing(TOKENS, NOW).of(terminal("COLUMNS", Integer.toString(width), "NO_COLOR", "1"));
    }

    @Test
    void a_narrow_terminal_shows_what_matters_most() {
        assertThat(at(40)).isEqualTo("""
                name                   state
                _admin                 operator
                ci                     expiring
                東京 🔑                expired
                on-leave               disabled
                backup-of-the-cluster  active
                """);
    }

    @Test
    void a_usual_terminal_shows_all_but_what_would_be_no_more_than_a_few_letters() {
        assertThat(at(80)).isEqualTo("""
                name                   state     expires     last used  created
                _admin                 operator  never       3 min ago  13 months ago
                ci                     expiring  in 9 days   20 s ago   3 months ago
                東京 🔑                expired   3 days ago  never      3 months ago
                on-leave               disabled  never       never      30 days ago
                backup-of-the-cluster  active    in 2 years  never      30 h ago
                """);
    }

    @Test
    void a_wider_terminal_shows_as_much_of_the_descriptions_as_fits() {
        assertThat(at(120)).isEqualTo("""
                name                   state     expires     last used  created        description
                _admin                 operator  never       3 min ago  13 months ago
                ci                     expiring  in 9 days   20 s ago   3 months ago   nightly build, and whatever is published of it
                東京 🔑                expired   3 days ago  never      3 months ago   鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵…
                on-leave               disabled  never       never      30 days ago    until summer\\u{202e}
                backup-of-the-cluster  active    in 2 years  never      30 h ago       to the other continent
                """);
    }

    @Test
    void a_terminal_that_is_wide_enough_shows_everything() {
        assertThat(at(200)).isEqualTo("""
                name                   state     expires     last used  created        description
                _admin                 operator  never       3 min ago  13 months ago
                ci                     expiring  in 9 days   20 s ago   3 months ago   nightly build, and whatever is published of it
                東京 🔑                expired   3 days ago  never      3 months ago   鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵
                on-leave               disabled  never       never      30 days ago    until summer\\u{202e}
                backup-of-the-cluster  active    in 2 years  never      30 h ago       to the other continent
                """);
    }

    @Test
    void usage_is_shown_when_it_is_asked_for() {
        assertThat(new TokenListing(TOKENS, NOW).withUsage(terminal("COLUMNS", "120", "NO_COLOR", "1")))
                .isEqualTo("""
                name                   state     expires     last used  from          uses  created        description
                _admin                 operator  never       3 min ago  192.0.2.7     120   13 months ago
                ci                     expiring  in 9 days   20 s ago   this machine  7     3 months ago   nightly build, and whatever …
                東京 🔑                expired   3 days ago  never                    0     3 months ago   鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵…
                on-leave               disabled  never       never                    0     30 days ago    until summer\\u{202e}
                backup-of-the-cluster  active    in 2 years  never                    0     30 h ago       to the other continent
                """);
    }

    private static TokenSummary resource(String name, NotBefore start, String permissions, String owner) {
        return new TokenSummary(
                name,
                in(90),
                Optional.empty(),
                NOW.minus(days(1)),
                "a description",
                Optional.of(List.of()),
                start,
                permissions,
                owner);
    }

    @Test
    void permissions_fit_a_usual_terminal_and_owners_a_wide_one() {
        List<TokenSummary> tokens = List.of(
                token("_admin", Expiry.NEVER, days(400), ""),
                resource("dashboard", NotBefore.NONE, "grafana:prod:read", ""),
                resource(
                        "ci",
                        NotBefore.of(NOW.plusMillis(1)),
                        "db:metrics,logs:read,write tokens:ci-*:create,rotate",
                        "the build team"),
                resource("nothing", NotBefore.NONE, "", ""));
        assertThat(new TokenListing(tokens, NOW).of(terminal("COLUMNS", "80", "NO_COLOR", "1")))
                .isEqualTo("""
                name       state     expires      last used  permissions
                _admin     operator  never        never      admin
                dashboard  active    in 3 months  never      grafana:prod:read
                ci         pending   in 3 months  never      db:metrics,logs:read,write tokens:…
                nothing    active    in 3 months  never      none
                """);
        assertThat(new TokenListing(tokens, NOW).of(terminal("COLUMNS", "140", "NO_COLOR", "1")))
                .isEqualTo("""
                name       state     expires      last used  permissions                               owner           created        description
                _admin     operator  never        never      admin                                                     13 months ago
                dashboard  active    in 3 months  never      grafana:prod:read                                         24 h ago       a description
                ci         pending   in 3 months  never      db:metrics,logs:read,write tokens:ci-*:…  the build team  24 h ago       a description
                nothing    active    in 3 months  never      none                                                      24 h ago       a description
                """);
    }

    static IntStream widths() {
        return IntStream.rangeClosed(40, 220);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void no_line_is_wider_than_the_terminal_and_each_token_has_one(int width) {
        List<TokenSummary> tokens = new ArrayList<>(TOKENS);
        tokens.add(token("a-name-as-long-as-they-come-".repeat(4), in(1), days(1), "and a description"));
        for (List<TokenSummary> some : List.of(TOKENS, tokens)) {
            for (String shown : List.of(
                    new TokenListing(some, NOW).of(terminal("COLUMNS", Integer.toString(width), "NO_COLOR", "1")),
                    new TokenListing(some, NOW)
                            .withUsage(terminal("COLUMNS", Integer.toString(width), "NO_COLOR", "1")))) {
                assertThat(shown.lines())
                        .hasSize(some.size() + 1)
                        .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(width));
                assertThat(shown).contains("  operator", "  active", "  expiring", "  expired", "  disabled");
            }
        }
    }

    @Test
    void columns_go_from_the_right_before_the_name_is_cut() {
        List<TokenSummary> tokens = List.of(token("n".repeat(30), in(1), days(1), "a description"));
        assertThat(new TokenListing(tokens, NOW).of(terminal("COLUMNS", "40", "NO_COLOR", "1")))
                .isEqualTo("name" + " ".repeat(28) + "state\n" + "n".repeat(30) + "  expiring\n");
    }

    @Test
    void words_are_marked_where_colours_are_welcome() {
        String plain = at(200);
        String marked = new TokenListing(TOKENS, NOW).of(terminal("COLUMNS", "200"));
        assertThat(marked)
                .contains("\u001b[1mname\u001b[0m ", "\u001b[33mexpiring\u001b[0m  ", "\u001b[31mexpired\u001b[0m  ")
                .contains("\u001b[2mdisabled\u001b[0m ");
        assertThat(marked.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
        for (Environment plainly : List.of(
                terminal("COLUMNS", "200", "TERM", "dumb"),
                terminal("COLUMNS", "200", "CLICOLOR", "0"),
                terminal("COLUMNS", "200", "NO_COLOR", "1", "CLICOLOR_FORCE", "1"))) {
            assertThat(new TokenListing(TOKENS, NOW).of(plainly)).isEqualTo(plain);
        }
        for (Environment colourfully : List.of(
                terminal("COLUMNS", "200", "TERM", "xterm", "CLICOLOR", "1"),
                terminal("COLUMNS", "200", "TERM", "dumb", "CLICOLOR_FORCE", "1"),
                terminal("COLUMNS", "200", "CLICOLOR_FORCE", "0", "NO_COLOR", ""))) {
            assertThat(new TokenListing(TOKENS, NOW).of(colourfully)).isEqualTo(marked);
        }
    }

    @Test
    void what_nobody_knows_is_left_out() {
        assertThat(new TokenListing(List.of(strange("_admin", Expiry.NEVER), strange("ci", in(9))), NOW)
                        .of(terminal("NO_COLOR", "1")))
                .isEqualTo("""
                        name    state     expires    created
                        _admin  operator  never      now
                        ci      active    in 9 days  now
                        """);
    }

    @Test
    void a_name_that_another_authority_allows_breaks_no_line() {
        assertThat(new TokenListing(List.of(strange("a\nb\u001b[2J", Expiry.NEVER)), NOW).of(terminal()))
                .contains("a\\u{a}b\\u{1b}[2J  active")
                .hasLineCount(2);
    }

    @Test
    void what_happened_happened_before_now_whatever_the_clock_over_there_says() {
        assertThat(new TokenListing(List.of(token("ci", in(90), days(-1), "", use(days(-1), 1))), NOW)
                        .of(terminal("NO_COLOR", "1")))
                .isEqualTo("""
                        name  state   expires      last used  created
                        ci    active  in 3 months  now        now
                        """);
    }

    @Test
    void nothing_is_said_in_words() {
        assertThat(new TokenListing(List.of(), NOW).of(terminal())).isEqualTo("No tokens\n");
        assertThat(new TokenListing(List.of(), NOW).withUsage(terminal())).isEqualTo("No tokens match\n");
    }

    @Test
    void a_width_is_what_the_launcher_found_or_what_is_usual() {
        assertThat(terminal("COLUMNS", "132").columns()).isEqualTo(132);
        assertThat(terminal("COLUMNS", "12").columns()).isEqualTo(40);
        for (String odd : List.of("", "0", "-5", "wide", "100000", " 90")) {
            assertThat(terminal("COLUMNS", odd).columns()).as(odd).isEqualTo(80);
        }
        assertThat(terminal().columns()).isEqualTo(80);
    }
}
