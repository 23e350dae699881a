package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.ExpiryPolicy.NeverExpiring;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExpiryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = HumanDuration.parse("1y");

    @Test
    void without_a_policy_every_lifetime_is_allowed() {
        assertThat(ExpiryPolicy.NONE.ofNew(Lifetime.UNLIMITED, NOW)).isEqualTo(Lifetime.UNLIMITED);
        assertThat(ExpiryPolicy.NONE.of(lasting(Lifetime.UNLIMITED), NOW)).isEqualTo(lasting(Lifetime.UNLIMITED));
    }

    @Test
    void a_token_lives_no_longer_than_the_longest_lifetime() {
        var policy = new ExpiryPolicy(Optional.of(YEAR), Optional.empty(), NeverExpiring.ALLOWED);
        for (Lifetime fitting : new Lifetime[] {new Lifetime.Span(YEAR), new Lifetime.Until(NOW.plus(YEAR))}) {
            assertThat(policy.ofNew(fitting, NOW)).isEqualTo(fitting);
            assertThat(policy.of(lasting(fitting), NOW)).isEqualTo(lasting(fitting));
        }
        for (Lifetime longer : new Lifetime[] {
            new Lifetime.Span(YEAR.plusMillis(1)),
            new Lifetime.Until(NOW.plus(YEAR).plusMillis(1))
        }) {
            assertThatThrownBy(() -> policy.ofNew(longer, NOW))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("expiry must be at most 365d 6h ahead on this instance");
            assertThatThrownBy(() -> policy.of(lasting(longer), NOW)).isInstanceOf(TokenFailure.Invalid.class);
        }
        assertThatThrownBy(() -> policy.ofNew(Lifetime.UNLIMITED, NOW))
                .hasMessage("tokens must have an expiry on this instance, at most 365d 6h ahead");
    }

    @Test
    void a_token_without_expiry_gets_the_default_lifetime() {
        var policy = new ExpiryPolicy(Optional.of(YEAR), Optional.of(DAY), NeverExpiring.REFUSED);
        assertThat(policy.ofNew(Lifetime.UNLIMITED, NOW)).isEqualTo(new Lifetime.Span(DAY));
        assertThat(policy.ofNew(new Lifetime.Span(YEAR), NOW)).isEqualTo(new Lifetime.Span(YEAR));
        assertThatThrownBy(() -> policy.of(lasting(Lifetime.UNLIMITED), NOW))
                .as("an edit says something")
                .isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void an_expiry_can_be_required_however_far_it_is() {
        var policy = new ExpiryPolicy(Optional.empty(), Optional.empty(), NeverExpiring.REFUSED);
        assertThat(policy.ofNew(new Lifetime.Span(Lifetime.LONGEST), NOW))
                .isEqualTo(new Lifetime.Span(Lifetime.LONGEST));
        assertThatThrownBy(() -> policy.ofNew(Lifetime.UNLIMITED, NOW))
                .hasMessage("tokens must have an expiry on this instance");
    }

    @Test
    void a_token_that_comes_with_its_end_may_be_dead_but_not_live_too_long() {
        var policy = new ExpiryPolicy(Optional.of(DAY), Optional.of(DAY), NeverExpiring.ALLOWED);
        policy.check(Expiry.at(NOW.minusSeconds(1)), NOW);
        policy.check(Expiry.at(NOW.plus(DAY)), NOW);
        assertThatThrownBy(() -> policy.check(Expiry.at(NOW.plus(DAY).plusMillis(1)), NOW))
                .isInstanceOf(TokenFailure.Invalid.class);
        assertThatThrownBy(() -> policy.check(Expiry.NEVER, NOW))
                .as("the usual lifetime is not for it")
                .isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void an_edit_of_another_property_is_not_limited() {
        var policy = new ExpiryPolicy(Optional.of(DAY), Optional.empty(), NeverExpiring.REFUSED);
        var edit = new TokenEdit(Optional.empty(), Optional.of(new Description("x")), Optional.empty());
        assertThat(policy.of(edit, NOW)).isEqualTo(edit);
    }

    @Test
    void the_usual_lifetime_is_a_good_one() {
        assertThatThrownBy(() -> new ExpiryPolicy(Optional.of(DAY), Optional.of(YEAR), NeverExpiring.ALLOWED))
                .hasMessage("the default expiry exceeds the maximum");
        assertThatThrownBy(() -> new ExpiryPolicy(Optional.of(Duration.ZERO), Optional.empty(), NeverExpiring.ALLOWED))
                .isInstanceOf(TokenFailure.Invalid.class);
        for (Duration none : new Duration[] {Duration.ZERO, Lifetime.LONGEST.plusMillis(1)}) {
            assertThatThrownBy(() -> new ExpiryPolicy(Optional.empty(), Optional.of(none), NeverExpiring.ALLOWED))
                    .isInstanceOf(TokenFailure.Invalid.class);
        }
        assertThat(new ExpiryPolicy(Optional.of(DAY), Optional.of(DAY), NeverExpiring.ALLOWED)
                        .ofNew(Lifetime.UNLIMITED, NOW))
                .isEqualTo(new Lifetime.Span(DAY));
    }

    @Test
    void the_longest_lifetime_is_told_to_the_second() {
        var policy = new ExpiryPolicy(Optional.of(Duration.ofSeconds(93_784)), Optional.empty(), NeverExpiring.ALLOWED);
        assertThatThrownBy(() -> policy.ofNew(Lifetime.UNLIMITED, NOW))
                .hasMessageEndingWith("at most 1d 2h 3min 4s ahead");
    }

    private static TokenEdit lasting(Lifetime lifetime) {
        return new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime));
    }
}
