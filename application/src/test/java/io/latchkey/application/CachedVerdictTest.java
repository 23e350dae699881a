package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of one secret between two looks at its uses. */
final class CachedVerdictTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

    private final Token token = new InMemoryTokenStore()
            .append(tokens -> new Change.CreateNamed(
                            new TokenName("ci"),
                            TokenSecret.presented("secret").digest(),
                            new Lifetime.Span(Duration.ofHours(1)),
                            Description.NONE)
                    .decide(tokens, new Actor.FileOwner(), NOW))
            .event()
            .after()
            .orElseThrow();

    @Test
    void only_the_first_use_since_the_last_look_is_announced() {
        CachedVerdict verdict = CachedVerdict.until(Long.MAX_VALUE, token, 1);
        assertThat(verdict.take()).isEmpty();
        assertThat(verdict.use(1, HERE)).isTrue();
        assertThat(verdict.use(2, HERE)).isFalse();
        assertThat(verdict.take())
                .contains(new TokenUse(token.id(), 1, Instant.ofEpochMilli(2), Optional.of(HERE.getHostAddress()), 2));
        assertThat(verdict.take()).isEmpty();
        assertThat(verdict.use(3, CachedVerdict.NOWHERE)).isTrue();
        assertThat(verdict.take().orElseThrow().from()).isEmpty();
    }

    @Test
    void only_the_first_refusal_since_the_last_look_is_announced() {
        CachedVerdict verdict = CachedVerdict.refused(token, 1);
        assertThat(verdict.takeRefusals()).isEmpty();
        assertThat(verdict.refuse(Verdict.Refused.RETIRED)).isTrue();
        assertThat(verdict.refuse(Verdict.Refused.DISABLED)).isFalse();
        assertThat(verdict.takeRefusals()).contains(new UseCounts(0, 0, 1, 1, 0, 0, 0));
        assertThat(verdict.takeRefusals()).isEmpty();
        assertThat(verdict.refuse(Verdict.Refused.EXPIRED)).isTrue();
        assertThat(CachedVerdict.refused(token, 1).takeRefusals())
                .as("of another secret")
                .isEmpty();
    }

    @Test
    void a_verdict_ends_with_the_grace_of_its_secret_or_with_its_token() {
        long end = token.expiry().endMillis();
        assertThat(CachedVerdict.until(end + 1, token, 1).endMillis()).isEqualTo(end);
        assertThat(CachedVerdict.until(end - 1, token, 1).endMillis()).isEqualTo(end - 1);
        assertThat(CachedVerdict.refused(token, 1).endMillis()).isEqualTo(Long.MIN_VALUE);
    }
}
