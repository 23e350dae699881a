package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be counted of an authority. */
final class TokenStatisticsTest {
    private static final TokenName LONG = new TokenName("long");
    private static final TokenName SHORT = new TokenName("short");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);

    @AfterEach
    void close() {
        authority.close();
    }

    private TokenSecret create(TokenName name, Lifetime lifetime) {
        return authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createNamed(name, lifetime, Description.NONE)
                .secret();
    }

    private static TokenStatistics census(
            long ledger, long active, long expired, long disabled, Duration untilNextEnd) {
        return new TokenStatistics(ledger, active, 0, expired, disabled, Optional.of(untilNextEnd));
    }

    @Test
    void counts_tokens_and_how_long_they_live() {
        authority.start();
        assertThat(authority.statistics()).isEqualTo(new TokenStatistics(0, 0, 0, 0, 0, Optional.empty()));
        ActorAccess owner = authority.actingAs(new Actor.FileOwner());
        owner.tokens().createOperator();
        create(LONG, new Lifetime.Span(Duration.ofDays(1)));
        create(SHORT, new Lifetime.Span(Duration.ofMinutes(1)));
        clock.advance(Duration.ofSeconds(20));
        assertThat(authority.statistics()).isEqualTo(census(3, 3, 0, 0, Duration.ofSeconds(40)));
        assertThat(authority.remaining())
                .isEqualTo(Map.of(LONG, Duration.ofSeconds(86_380), SHORT, Duration.ofSeconds(40)));
        clock.advance(Duration.ofSeconds(40));
        awaitCensus(census(3, 2, 1, 0, Duration.ofMinutes(1439)));
        assertThat(authority.remaining()).isEqualTo(Map.of(LONG, Duration.ofMinutes(1439), SHORT, Duration.ZERO));
        owner.tokens().revoke(SHORT, Precondition.NONE);
        assertThat(authority.statistics()).isEqualTo(census(4, 2, 0, 0, Duration.ofMinutes(1439)));
        owner.tokens().disable(LONG, Reason.NONE, Precondition.NONE);
        owner.tokens()
                .rotate(TokenName.OPERATOR, new GracePeriod(Duration.ofDays(1)), Optional.empty(), Precondition.NONE);
        assertThat(authority.statistics()).isEqualTo(census(6, 1, 0, 1, Duration.ofMinutes(1439)));
        clock.advance(Duration.ofMinutes(1439));
        awaitCensus(new TokenStatistics(6, 1, 0, 1, 0, Optional.empty()));
        clock.advance(Duration.ofMinutes(-1));
        awaitCensus(census(6, 1, 0, 1, Duration.ofMinutes(1)));
    }

    private void createLater(String name, Duration start, Lifetime lifetime) {
        authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName(name),
                        lifetime,
                        Description.NONE,
                        new Attributes(
                                Permissions.NONE,
                                Origins.ANYWHERE,
                                NotBefore.of(clock.instant().plus(start)),
                                Owner.NONE,
                                Labels.NONE,
                                Routes.ANY)));
    }

    private static TokenStatistics states(
            long active, long pending, long expired, long disabled, Duration untilNextEnd) {
        return new TokenStatistics(
                4, active, pending, expired, disabled, Optional.of(untilNextEnd).filter(Duration::isPositive));
    }

    @Test
    void counts_tokens_that_are_not_valid_yet() {
        authority.start();
        createLater("soon", Duration.ofMinutes(1), Lifetime.UNLIMITED);
        createLater("brief", Duration.ofSeconds(90), new Lifetime.Span(Duration.ofMinutes(2)));
        createLater("resting", Duration.ofMinutes(1), Lifetime.UNLIMITED);
        authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .disable(new TokenName("resting"), Reason.NONE, Precondition.NONE);
        assertThat(authority.statistics()).isEqualTo(states(0, 2, 0, 1, Duration.ofMinutes(2)));
        clock.advance(Duration.ofMinutes(1));
        awaitCensus(states(1, 1, 0, 1, Duration.ofMinutes(1)));
        clock.advance(Duration.ofMinutes(1));
        awaitCensus(states(1, 0, 1, 1, Duration.ZERO));
        clock.advance(Duration.ofMinutes(-2));
        awaitCensus(states(0, 2, 0, 1, Duration.ofMinutes(2)));
        authority.actingAs(new Actor.FileOwner()).tokens().enable(new TokenName("resting"), Precondition.NONE);
        assertThat(authority.statistics().pending()).isEqualTo(3);
        authority.actingAs(new Actor.FileOwner()).tokens().revoke(new TokenName("soon"), Precondition.NONE);
        assertThat(authority.statistics().pending()).isEqualTo(2);
    }

    /** The watching thread sees that an end has come. */
    private void awaitCensus(TokenStatistics expected) {
        Eventually.get(authority::statistics, expected::equals);
    }

    @Test
    void counts_verdicts_of_each_kind() {
        VerdictCounts verdicts = authority.verdicts();
        authority.authenticate(TokenSecret.presented("too early"));
        assertThat(verdicts.unavailable()).isEqualTo(1);
        authority.start();
        TokenSecret secret = create(SHORT, new Lifetime.Span(Duration.ofMinutes(1)));
        authority.authenticate(secret);
        authority.authenticate(secret);
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(secret);
        for (int i = 0; i < 3; i++) {
            authority.authenticate(TokenSecret.presented("nobody's"));
        }
        assertThat(verdicts.accepted()).isEqualTo(2);
        assertThat(verdicts.expired()).isEqualTo(1);
        assertThat(verdicts.unknown()).isEqualTo(3);
        ActorAccess owner = authority.actingAs(new Actor.FileOwner());
        TokenSecret first = create(LONG, Lifetime.UNLIMITED);
        TokenSecret second = owner.tokens()
                .rotate(LONG, GracePeriod.NONE, Optional.empty(), Precondition.NONE)
                .secret();
        authority.authenticate(first);
        owner.tokens().disable(LONG, Reason.NONE, Precondition.NONE);
        authority.authenticate(second);
        assertThat(verdicts.retired()).isEqualTo(1);
        assertThat(verdicts.disabled()).isEqualTo(1);
    }
}
