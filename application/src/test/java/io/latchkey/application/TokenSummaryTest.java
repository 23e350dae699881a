package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.latchkey.application.TokenSummary.Status;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenSummaryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Expiry SOON = Expiry.at(NOW.plus(Expiry.EXPIRING_SOON));
    private static final Optional<Disablement> RESTING = Optional.of(new Disablement(NOW, Reason.NONE));

    private static TokenSummary token(String name, Expiry expiry, Optional<Disablement> rest, TokenUse... uses) {
        return new TokenSummary(name, expiry, rest, NOW.minus(Duration.ofDays(90)), "", Optional.of(List.of(uses)));
    }

    @Test
    void a_token_is_expiring_in_its_last_days_and_then_expired() {
        TokenSummary token = token("ci", SOON, Optional.empty());
        assertThat(token.standingAt(NOW.minusMillis(1))).isEqualTo(Status.ACTIVE);
        assertThat(token.standingAt(NOW)).isEqualTo(Status.EXPIRING);
        assertThat(token.standingAt(NOW.plus(Duration.ofDays(14)).minusMillis(1)))
                .isEqualTo(Status.EXPIRING);
        assertThat(token.standingAt(NOW.plus(Duration.ofDays(14)))).isEqualTo(Status.EXPIRED);
        assertThat(token("ci", Expiry.NEVER, Optional.empty()).standingAt(Instant.MAX))
                .isEqualTo(Status.ACTIVE);
    }

    @Test
    void a_short_life_is_about_to_end_in_its_second_half() {
        Expiry end = Expiry.at(NOW.plus(Duration.ofMinutes(15)));
        TokenSummary token = new TokenSummary("ci", end, Optional.empty(), NOW, "", Optional.empty());
        assertThat(token.standingAt(NOW)).isEqualTo(Status.ACTIVE);
        Instant half = NOW.plus(Duration.ofMinutes(7)).plusSeconds(30);
        assertThat(token.standingAt(half.minusMillis(1))).isEqualTo(Status.ACTIVE);
        assertThat(token.standingAt(half)).isEqualTo(Status.EXPIRING);
    }

    @Test
    void that_it_is_disabled_counts_more_than_that_it_expires_and_less_than_that_it_has() {
        assertThat(token("ci", SOON, RESTING).standingAt(NOW)).isEqualTo(Status.DISABLED);
        assertThat(token("ci", Expiry.at(NOW), RESTING).standingAt(NOW)).isEqualTo(Status.EXPIRED);
    }

    @Test
    void the_operator_stands_out() {
        assertThat(token("_admin", Expiry.NEVER, Optional.empty()).standingAt(NOW))
                .isEqualTo(Status.OPERATOR);
    }

    @Test
    void the_uses_of_all_its_secrets_are_one() {
        TokenUse old = new TokenUse(TokenId.FIRST, 1, NOW.minusSeconds(5), Optional.of("192.0.2.1"), 3);
        TokenUse late = new TokenUse(TokenId.FIRST, 2, NOW, Optional.of("192.0.2.2"), 4);
        assertThat(token("ci", SOON, RESTING, old, late).use().stream())
                .extracting(TokenUse::last, TokenUse::from, TokenUse::count)
                .containsExactly(tuple(NOW, Optional.of("192.0.2.2"), 7L));
        assertThat(token("ci", SOON, RESTING).use()).isEmpty();
        assertThat(new TokenSummary("ci", SOON, RESTING, NOW, "", Optional.empty()).use())
                .isEmpty();
    }

    @Test
    void a_token_is_pending_until_it_is_valid_unless_it_is_disabled_or_has_expired() {
        assertThat(pending(Expiry.NEVER, Optional.empty()).standingAt(NOW.minusMillis(1)))
                .isEqualTo(Status.PENDING);
        assertThat(pending(Expiry.NEVER, Optional.empty()).standingAt(NOW)).isEqualTo(Status.ACTIVE);
        assertThat(pending(Expiry.NEVER, RESTING).standingAt(NOW.minusMillis(1)))
                .isEqualTo(Status.DISABLED);
        assertThat(pending(Expiry.at(NOW.minusMillis(1)), Optional.empty()).standingAt(NOW.minusMillis(1)))
                .isEqualTo(Status.EXPIRED);
    }

    private static TokenSummary pending(Expiry expiry, Optional<Disablement> rest) {
        return new TokenSummary(
                "ci", expiry, rest, NOW, "", Optional.empty(), NotBefore.of(NOW), "db:metrics:read", "");
    }
}
