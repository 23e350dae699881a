package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.ExpiryPolicy.NeverExpiring;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.client.HttpRemoteAuthorities;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The expiry policy applies on InfluxDB's and on Latchkey's endpoints. */
final class ExpiryPolicyOverHttpTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final TokenName CI = new TokenName("ci");

    /** Without an expiry, the client uses InfluxDB's endpoint. */
    private static final List<Description> DESCRIPTIONS = List.of(Description.NONE, new Description("for the build"));

    private static ActorAccess at(RunningServer server) {
        return new HttpRemoteAuthorities()
                .at(
                        URI.create("http://127.0.0.1:" + server.port()),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(server.operator())));
    }

    private static TokenEdit lasting(Lifetime lifetime) {
        return new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime));
    }

    private static void assertRefused(String sentence, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOf(TokenFailure.Invalid.class).hasMessage(sentence);
    }

    @Test
    void rejects_lifetimes_beyond_the_maximum() {
        try (var server =
                new RunningServer(new ExpiryPolicy(Optional.of(DAY), Optional.empty(), NeverExpiring.ALLOWED))) {
            ActorAccess operator = at(server);
            String longer = "expiry must be at most 1d ahead on this instance";
            String endless = "tokens must have an expiry on this instance, at most 1d ahead";
            for (Description description : DESCRIPTIONS) {
                assertRefused(
                        longer,
                        () -> operator.tokens().createNamed(CI, new Lifetime.Span(DAY.plusSeconds(1)), description));
                assertRefused(endless, () -> operator.tokens().createNamed(CI, Lifetime.UNLIMITED, description));
            }
            operator.tokens().createNamed(CI, new Lifetime.Span(DAY), Description.NONE);
            assertRefused(
                    longer,
                    () -> operator.tokens()
                            .edit(CI, lasting(new Lifetime.Span(DAY.plusSeconds(1))), Precondition.NONE));
            assertRefused(endless, () -> operator.tokens().edit(CI, lasting(Lifetime.UNLIMITED), Precondition.NONE));
            assertThat(operator.tokens().find(CI).version().number()).isEqualTo(1);
        }
    }

    @Test
    void a_token_without_expiry_gets_the_default_expiry() {
        try (var server =
                new RunningServer(new ExpiryPolicy(Optional.empty(), Optional.of(DAY), NeverExpiring.ALLOWED))) {
            ActorAccess operator = at(server);
            for (Description description : DESCRIPTIONS) {
                assertThat(operator.tokens()
                                .createNamed(CI, Lifetime.UNLIMITED, description)
                                .expiry())
                        .isEqualTo(Expiry.at(server.clock.instant().plus(DAY)));
                operator.tokens().revoke(CI, Precondition.NONE);
            }
            operator.tokens().createNamed(CI, new Lifetime.Span(DAY.multipliedBy(2)), Description.NONE);
            assertThat(operator.tokens()
                            .edit(CI, lasting(Lifetime.UNLIMITED), Precondition.NONE)
                            .expiry())
                    .isEqualTo(Expiry.NEVER);
        }
    }

    @Test
    void rejects_tokens_without_expiry_if_one_is_required() {
        try (var server =
                new RunningServer(new ExpiryPolicy(Optional.empty(), Optional.empty(), NeverExpiring.REFUSED))) {
            ActorAccess operator = at(server);
            String endless = "tokens must have an expiry on this instance";
            for (Description description : DESCRIPTIONS) {
                assertRefused(endless, () -> operator.tokens().createNamed(CI, Lifetime.UNLIMITED, description));
            }
            operator.tokens().createNamed(CI, new Lifetime.Span(Lifetime.LONGEST), Description.NONE);
            assertRefused(endless, () -> operator.tokens().edit(CI, lasting(Lifetime.UNLIMITED), Precondition.NONE));
            assertThat(operator.tokens().find(TokenName.OPERATOR).expiry()).isEqualTo(Expiry.NEVER);
        }
    }
}
