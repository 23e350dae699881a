package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenFilterTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualClock clock = new ManualClock();
    private final TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private TokenSecret create(String name, Lifetime lifetime) {
        return owner.tokens()
                .createNamed(new TokenName(name), lifetime, Description.NONE)
                .secret();
    }

    private List<String> seen(TokenFilter review) {
        return review.of(owner.tokens().list(), owner.tokens().uses(), clock.instant()).stream()
                .map(token -> token.name().value())
                .toList();
    }

    private static TokenFilter unusedFor(Duration time) {
        return new TokenFilter(Optional.of(time), Optional.empty(), Optional.empty());
    }

    private static TokenFilter expiringWithin(Duration time) {
        return new TokenFilter(Optional.empty(), Optional.of(time), Optional.empty());
    }

    private static TokenFilter in(TokenState state) {
        return new TokenFilter(Optional.empty(), Optional.empty(), Optional.of(state));
    }

    @Test
    void a_token_is_unused_since_its_last_use_or_its_creation() {
        create("never", Lifetime.UNLIMITED);
        TokenSecret used = create("used", Lifetime.UNLIMITED);
        clock.advance(DAY);
        authority.authenticate(used);
        clock.advance(DAY.minusMillis(1));
        assertThat(seen(unusedFor(DAY))).containsExactly("never");
        clock.advance(Duration.ofMillis(1));
        assertThat(seen(unusedFor(DAY))).containsExactly("never", "used");
        assertThat(seen(unusedFor(DAY.multipliedBy(2)))).containsExactly("never");
        assertThat(seen(unusedFor(DAY.multipliedBy(3)))).isEmpty();
    }

    @Test
    void a_token_expires_soon_until_it_has_expired() {
        create("immortal", Lifetime.UNLIMITED);
        create("soon", new Lifetime.Span(DAY));
        assertThat(seen(expiringWithin(DAY.minusMillis(1)))).isEmpty();
        assertThat(seen(expiringWithin(DAY))).containsExactly("soon");
        clock.advance(DAY.minusMillis(1));
        assertThat(seen(expiringWithin(DAY))).containsExactly("soon");
        clock.advance(Duration.ofMillis(1));
        assertThat(seen(expiringWithin(DAY))).isEmpty();
    }

    @Test
    void tokens_are_found_by_their_state() {
        create("active", Lifetime.UNLIMITED);
        create("expired", new Lifetime.Span(DAY));
        create("disabled", Lifetime.UNLIMITED);
        owner.tokens()
                .create(new NewToken(
                        new TokenName("pending"),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        new Attributes(
                                Rights.ALL,
                                Origins.ANYWHERE,
                                NotBefore.of(clock.instant().plus(DAY.plusMillis(1))),
                                Owner.NONE,
                                Labels.NONE,
                                Routes.ANY)));
        owner.tokens().disable(new TokenName("disabled"), Reason.NONE, Precondition.NONE);
        clock.advance(DAY);
        for (TokenState state : TokenState.values()) {
            assertThat(seen(in(state))).containsExactly(state.name().toLowerCase(Locale.ROOT));
        }
        assertThat(seen(new TokenFilter(Optional.empty(), Optional.empty(), Optional.empty())))
                .hasSize(4);
    }
}
