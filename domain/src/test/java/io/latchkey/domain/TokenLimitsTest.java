package io.latchkey.domain;

import static io.latchkey.domain.TestTokens.NOW;
import static io.latchkey.domain.TestTokens.OWNER;
import static io.latchkey.domain.TestTokens.digest;
import static io.latchkey.domain.TestTokens.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When, from where and for what a token is accepted, and why it is not. */
final class TokenLimitsTest {
    private static final InetAddress INSIDE = InetAddress.ofLiteral("10.1.2.3");
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("192.0.2.1");
    private static final Instant END = NOW.plusSeconds(100);
    private static final Instant START = NOW.plusSeconds(10);
    private static final TokenDigest SECRET = digest("ci");

    private static Optional<RequestRoute> read() {
        return RequestRoute.parse("GET a.test/x");
    }

    private static Optional<RequestRoute> write() {
        return RequestRoute.parse("PUT a.test/x");
    }

    private static Optional<RequestRoute> notAsked() {
        throw new AssertionError("this token has no routes");
    }

    private static Attributes attributes(Origins from, NotBefore start, Routes routes) {
        return new Attributes(Rights.ALL, from, start, Owner.NONE, Labels.NONE, routes);
    }

    private static final Token LIMITED = issued(
            1,
            "ci",
            attributes(
                    Origins.parse(List.of("10.0.0.0/8")), NotBefore.of(START), Routes.parse(List.of("read a.test/**"))),
            Expiry.at(END));

    private static boolean accepts(
            Token token, Instant at, InetAddress from, Supplier<Optional<RequestRoute>> request) {
        return token.acceptsFrom(SECRET, at.toEpochMilli(), from, request);
    }

    @Test
    void a_token_is_accepted_from_its_start_to_its_end() {
        assertThat(accepts(LIMITED, START.minusMillis(1), INSIDE, TokenLimitsTest::read))
                .isFalse();
        assertThat(accepts(LIMITED, START, INSIDE, TokenLimitsTest::read)).isTrue();
        assertThat(accepts(LIMITED, END.minusMillis(1), INSIDE, TokenLimitsTest::read))
                .isTrue();
        assertThat(accepts(LIMITED, END, INSIDE, TokenLimitsTest::read)).isFalse();
    }

    @Test
    void a_token_is_accepted_from_its_origins_for_its_routes_and_enabled_only() {
        assertThat(accepts(LIMITED, START, OUTSIDE, TokenLimitsTest::read)).isFalse();
        assertThat(accepts(LIMITED, START, INSIDE, TokenLimitsTest::write)).isFalse();
        assertThat(accepts(LIMITED, START, INSIDE, Optional::empty)).isFalse();
        assertThat(accepts(LIMITED.disabled(Reason.NONE, OWNER, NOW), START, INSIDE, TokenLimitsTest::read))
                .isFalse();
    }

    @Test
    void the_request_is_asked_for_only_if_the_token_has_routes() {
        Token plain = issued(1, "ci", Attributes.ADMIN);
        assertThat(accepts(plain, NOW, OUTSIDE, TokenLimitsTest::notAsked)).isTrue();
        assertThat(accepts(plain.disabled(Reason.NONE, OWNER, NOW), NOW, OUTSIDE, TokenLimitsTest::notAsked))
                .isFalse();
    }

    @Test
    void either_secret_of_a_rotation_is_accepted_in_its_grace_and_no_other() {
        Token rotated = issued(1, "ci", Attributes.ADMIN)
                .rotated(digest("new"), new GracePeriod(Duration.ofSeconds(5)), Optional.empty(), OWNER, NOW);
        assertThat(accepts(rotated, NOW.plusSeconds(5).minusMillis(1), OUTSIDE, TokenLimitsTest::notAsked))
                .isTrue();
        assertThat(accepts(rotated, NOW.plusSeconds(5), OUTSIDE, TokenLimitsTest::notAsked))
                .isFalse();
        assertThat(rotated.acceptsFrom(
                        digest("new"), NOW.plusSeconds(5).toEpochMilli(), OUTSIDE, TokenLimitsTest::notAsked))
                .isTrue();
        assertThat(rotated.acceptsFrom(digest("x"), NOW.toEpochMilli(), OUTSIDE, TokenLimitsTest::notAsked))
                .isFalse();
    }

    @Test
    void the_reason_of_a_refusal_is_the_one_that_lasts_longest() {
        Token disabled = LIMITED.disabled(Reason.NONE, OWNER, NOW);
        assertThat(refusal(disabled, END, OUTSIDE)).isEqualTo(Verdict.Refused.EXPIRED);
        assertThat(refusal(disabled, NOW, OUTSIDE)).isEqualTo(Verdict.Refused.DISABLED);
        assertThat(refusal(LIMITED, START.minusMillis(1), OUTSIDE)).isEqualTo(Verdict.Refused.NOT_YET);
        assertThat(refusal(LIMITED, START, OUTSIDE)).isEqualTo(Verdict.Refused.ORIGIN);
        assertThat(refusal(LIMITED, START, INSIDE)).isEqualTo(Verdict.Refused.ROUTE);
    }

    private static Verdict.Refused refusal(Token token, Instant at, InetAddress from) {
        return token.refusal(SECRET, at.toEpochMilli(), from);
    }

    @Test
    void only_an_unknown_and_a_retired_secret_are_refused_for_ever() {
        for (Verdict.Refused reason : Verdict.Refused.values()) {
            assertThat(reason.isFinal())
                    .as(reason.name())
                    .isEqualTo(reason == Verdict.Refused.UNKNOWN || reason == Verdict.Refused.RETIRED);
        }
        assertThat(Verdict.Unavailable.STALE.isFinal()).isFalse();
    }

    @Test
    void any_limit_makes_a_token_limited() {
        assertThat(Attributes.ADMIN.areUnlimited()).isTrue();
        for (Attributes limited : List.of(
                attributes(Origins.parse(List.of("::1")), NotBefore.NONE, Routes.ANY),
                attributes(Origins.ANYWHERE, NotBefore.of(NOW), Routes.ANY),
                attributes(Origins.ANYWHERE, NotBefore.NONE, Routes.parse(List.of("* a.test/**"))))) {
            assertThat(limited.areUnlimited()).isFalse();
        }
    }

    @Test
    void a_token_begins_before_it_ends() {
        Attributes late = attributes(Origins.ANYWHERE, NotBefore.of(END), Routes.ANY);
        assertThatThrownBy(() -> issued(1, "ci", late, Expiry.at(END))).isInstanceOf(TokenFailure.Invalid.class);
        assertThat(issued(1, "ci", late, Expiry.at(END.plusMillis(1))).stateAt(NOW))
                .isEqualTo(TokenState.PENDING);
    }

    @Test
    void a_start_has_the_precision_of_the_wire() {
        assertThat(NotBefore.of(START.plusNanos(999_999))).isEqualTo(NotBefore.of(START));
    }

    @Test
    void a_token_with_a_short_life_counts_as_expiring_in_its_second_half() {
        Expiry expiry = Expiry.at(NOW.plusSeconds(100));
        Duration most = Duration.ofSeconds(50);
        assertThat(expiry.lastDays(most, NOW)).isEqualTo(most);
        assertThat(expiry.lastDays(most, NOW.minusSeconds(10))).isEqualTo(most);
        assertThat(expiry.lastDays(most, NOW.plusSeconds(40))).isEqualTo(Duration.ofSeconds(30));
        assertThat(expiry.lastDays(most, NOW.plusSeconds(200)))
                .as("a clock that was wrong")
                .isEqualTo(most);
        assertThat(Expiry.NEVER.lastDays(most, NOW)).isEqualTo(most);
    }
}
