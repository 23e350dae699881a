package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenUsesTest {
    private static final TokenName CI = new TokenName("ci");
    private static final TokenId ID = TokenId.FIRST;
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("2001:db8::1");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());
    private final TokenSecret first =
            owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE).secret();

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private static TokenUse use(int generation, Instant last, InetAddress from, long count) {
        return new TokenUse(ID, generation, last, Optional.of(from.getHostAddress()), count);
    }

    @Test
    void time_address_and_count_of_uses_are_recorded() {
        assertThat(owner.tokens().uses()).isEmpty();
        authority.authenticate(first, HERE);
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(first, THERE);
        assertThat(owner.tokens().uses()).containsExactly(use(1, clock.instant(), THERE, 2));
        assertThat(owner.tokens().uses(CI)).isEqualTo(owner.tokens().uses());
    }

    @Test
    void a_use_in_this_process_comes_from_nowhere() {
        authority.authenticate(first, HERE);
        authority.authenticate(first);
        assertThat(owner.tokens().uses()).containsExactly(new TokenUse(ID, 1, clock.instant(), Optional.empty(), 2));
        assertThat(authority.actingAs(first).tokens().uses())
                .containsExactly(new TokenUse(ID, 1, clock.instant(), Optional.empty(), 3));
    }

    @Test
    void refusals_and_assessments_are_not_counted() {
        assertThat(authority.check(first)).isInstanceOf(Verdict.Accepted.class);
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        assertThat(authority.authenticate(first, HERE)).isEqualTo(Verdict.Refused.DISABLED);
        authority.authenticate(TokenSecret.presented("nobody's"), HERE);
        assertThat(owner.tokens().uses()).isEmpty();
    }

    @Test
    void uses_are_counted_for_each_secret_and_survive_a_change() {
        authority.authenticate(first, HERE);
        Instant before = clock.instant();
        TokenSecret second = owner.tokens()
                .rotate(CI, new GracePeriod(Duration.ofHours(1)), Optional.empty(), Precondition.NONE)
                .secret();
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(second, THERE);
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        assertThat(owner.tokens().uses()).containsExactly(use(1, before, HERE, 1), use(2, clock.instant(), THERE, 1));
    }

    @Test
    void uses_that_cannot_be_stored_are_stored_later() {
        authority.authenticate(first, HERE);
        store.breakDown();
        authority.close();
        store.repair();
        authority.authenticate(first, HERE);
        assertThat(owner.tokens().uses()).containsExactly(use(1, clock.instant(), HERE, 2));
    }

    @Test
    void closing_stores_all_uses() {
        authority.authenticate(first, HERE);
        authority.close();
        assertThat(store.uses()).containsExactly(use(1, clock.instant(), HERE, 1));
    }

    @Test
    void concurrent_uses_are_all_counted() throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        authority.authenticate(first, HERE);
                    }
                });
            }
            for (int i = 0; i < 100; i++) {
                List<TokenUse> seen = owner.tokens().uses();
                assertThat(seen).allSatisfy(use -> assertThat(use.from()).contains(HERE.getHostAddress()));
            }
        }
        assertThat(owner.tokens().uses()).containsExactly(use(1, clock.instant(), HERE, 20_000));
    }
}
