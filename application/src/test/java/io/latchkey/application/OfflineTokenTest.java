package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tokens and secrets of which an authority knows nothing, or more than that it accepts them. */
final class OfflineTokenTest {
    private final ManualClock clock = new ManualClock();

    private OfflineToken prepare(String name) {
        return OfflineToken.prepare(
                new TokenName(name),
                new Lifetime.Span(Duration.ofDays(1)),
                Description.NONE,
                clock,
                new SecureRandom());
    }

    @Test
    void a_token_that_is_prepared_lives_from_now_on_and_has_a_name_that_a_new_one_may_have() {
        assertThat(prepare("ci").expiry()).isEqualTo(Expiry.at(clock.instant().plus(Duration.ofDays(1))));
        assertThatThrownBy(() -> prepare("\u0441i"))
                .as("a Cyrillic letter beside a Latin one")
                .isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void a_secret_counts_as_accepted_if_some_addresses_or_requests_may_use_it() {
        try (TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock)) {
            authority.start();
            TokenSecret secret = authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE)
                    .secret();
            KnownSecret known = authority.identify(secret).orElseThrow();
            assertThat(known.isAccepted()).isTrue();
            for (Verdict.Refused reason : Verdict.Refused.values()) {
                assertThat(new KnownSecret(known.token(), 1, reason).isAccepted())
                        .as(reason.name())
                        .isEqualTo(reason == Verdict.Refused.ORIGIN || reason == Verdict.Refused.ROUTE);
            }
        }
    }
}
