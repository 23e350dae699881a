package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.usage.MinuteVerdicts;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verdicts of the last hour by minute. */
final class VerdictHistoryTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());
    private final TokenSecret secret =
            owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE).secret();

    @AfterEach
    void close() {
        authority.close();
    }

    private Instant minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    private List<MinuteVerdicts> busy() {
        List<MinuteVerdicts> all = authority.verdictsOfLastHour();
        assertThat(all).hasSize(60);
        assertThat(all.getFirst().start()).isEqualTo(minute().minus(Duration.ofMinutes(59)));
        assertThat(all.getLast().start()).isEqualTo(minute());
        return all.stream()
                .filter(each -> each.counts().accepted() + each.refused() + each.unavailable() > 0)
                .toList();
    }

    @Test
    void verdicts_are_in_the_minute_in_which_they_were_given_and_by_reason() {
        authority.authenticate(secret);
        var before = new MinuteVerdicts(minute(), UseCounts.NONE, 0, 1);
        assertThat(busy()).containsExactly(before);
        authority.start();
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(secret);
        authority.check(secret);
        authority.authenticate(TokenSecret.presented("nobody's"));
        var first = new MinuteVerdicts(minute(), UseCounts.accepted(2), 1, 0);
        assertThat(busy()).containsExactly(before, first);
        clock.advance(Duration.ofMinutes(2));
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        authority.authenticate(secret);
        var second = new MinuteVerdicts(minute(), new UseCounts(0, 0, 1, 0, 0, 0, 0), 0, 0);
        assertThat(busy()).containsExactly(before, first, second);
        authority.authenticate(secret);
        assertThat(busy()).last().isEqualTo(new MinuteVerdicts(minute(), new UseCounts(0, 0, 2, 0, 0, 0, 0), 0, 0));
    }

    @Test
    void an_hour_later_they_are_forgotten() {
        authority.start();
        authority.authenticate(secret);
        assertThat(busy()).hasSize(1);
        clock.advance(Duration.ofMinutes(59));
        assertThat(busy()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(busy()).isEmpty();
        authority.authenticate(secret);
        assertThat(busy()).containsExactly(new MinuteVerdicts(minute(), UseCounts.accepted(1), 0, 0));
    }

    @Test
    void a_clock_that_is_set_back_hides_what_is_ahead() {
        authority.start();
        authority.authenticate(secret);
        assertThat(busy()).hasSize(1);
        clock.advance(Duration.ofMinutes(-5));
        assertThat(busy()).isEmpty();
        authority.authenticate(secret);
        assertThat(busy()).containsExactly(new MinuteVerdicts(minute(), UseCounts.accepted(1), 0, 0));
    }
}
