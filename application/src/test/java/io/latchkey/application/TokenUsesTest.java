package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
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
    void whoever_asks_for_the_uses_of_a_token_sees_the_newest() {
        authority.authenticate(first, HERE);
        assertThat(owner.tokens().uses(CI)).containsExactly(use(1, clock.instant(), HERE, 1));
        authority.authenticate(first, HERE);
        assertThat(owner.tokens().useHistory(CI).days().getLast().counts()).isEqualTo(UseCounts.accepted(2));
    }

    private void flushInVain() {
        long failed = authority.failures().count(BackgroundFailures.Work.TOKEN_USES);
        store.breakDown();
        Eventually.until(() -> {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("latchkey-uses"))
                    .forEach(LockSupport::unpark);
            return authority.failures().count(BackgroundFailures.Work.TOKEN_USES) > failed;
        });
        store.repair();
    }

    @Test
    void uses_that_cannot_be_stored_are_stored_later() {
        authority.authenticate(first, HERE);
        flushInVain();
        authority.authenticate(first, HERE);
        assertThat(owner.tokens().uses()).containsExactly(use(1, clock.instant(), HERE, 2));
    }

    /** The stored history of the hours, after a flush. */
    private List<PeriodUse> hours() {
        var _ = owner.tokens().uses();
        Instant now = clock.instant();
        return store.useHistory(UsePeriod.HOUR, List.of(ID), UsePeriod.HOUR.oldest(now), now)
                .getOrDefault(ID, List.of());
    }

    private PeriodUse thisHour(UseCounts counts) {
        return new PeriodUse(UsePeriod.HOUR.start(clock.instant()), counts);
    }

    @Test
    void uses_and_refusals_of_a_token_go_into_its_history_by_hour() {
        authority.authenticate(first, HERE);
        TokenSecret second = owner.tokens()
                .rotate(CI, GracePeriod.NONE, Optional.empty(), Precondition.NONE)
                .secret();
        authority.authenticate(first, HERE);
        authority.authenticateForAnother(second, Optional.of(THERE), HERE);
        assertThat(hours()).containsExactly(thisHour(new UseCounts(2, 0, 0, 1, 0, 0, 0)));
        clock.advance(Duration.ofHours(1));
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        authority.authenticate(second, HERE);
        authority.authenticateForAnother(second, Optional.empty(), HERE);
        assertThat(hours()).last().isEqualTo(thisHour(new UseCounts(0, 0, 2, 0, 0, 0, 0)));
        authority.authenticate(second, HERE);
        assertThat(hours()).last().isEqualTo(thisHour(new UseCounts(0, 0, 3, 0, 0, 0, 0)));
    }

    @Test
    void refusals_go_into_the_history_by_reason() {
        var later = NotBefore.of(clock.instant().plusSeconds(1));
        var near = Origins.parse(List.of("192.0.2.0/24"));
        TokenSecret limited = owner.tokens()
                .create(new NewToken(
                        new TokenName("limited"),
                        new Lifetime.Span(Duration.ofMinutes(1)),
                        Description.NONE,
                        new Attributes(Rights.ALL, near, later, Owner.NONE, Labels.NONE, Routes.ANY)))
                .secret();
        authority.authenticate(limited, HERE);
        clock.advance(Duration.ofSeconds(1));
        authority.authenticate(limited, HERE);
        authority.authenticate(limited, THERE);
        authority.authenticate(limited, THERE);
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(limited, HERE);
        assertThat(hours()).isEmpty();
        Instant now = clock.instant();
        assertThat(store.useHistory(UsePeriod.DAY, List.of(ID.next()), now, now))
                .containsExactly(Map.entry(
                        ID.next(),
                        List.of(new PeriodUse(UsePeriod.DAY.start(now), new UseCounts(1, 1, 0, 0, 1, 2, 0)))));
    }

    @Test
    void a_refused_request_goes_into_the_history() {
        TokenSecret routed = owner.tokens()
                .create(new NewToken(
                        new TokenName("routed"),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        new Attributes(
                                Rights.ALL,
                                Origins.ANYWHERE,
                                NotBefore.NONE,
                                Owner.NONE,
                                Labels.NONE,
                                Routes.parse(List.of("GET a.example/x")))))
                .secret();
        assertThat(authority.authenticate(routed, HERE, Optional::empty)).isEqualTo(Verdict.Refused.ROUTE);
        assertThat(hours()).isEmpty();
        Instant now = clock.instant();
        assertThat(store.useHistory(UsePeriod.HOUR, List.of(ID.next()), now, now)
                        .get(ID.next()))
                .containsExactly(thisHour(new UseCounts(0, 0, 0, 0, 0, 0, 1)));
    }

    @Test
    void assessments_and_unknown_secrets_do_not_go_into_the_history() {
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        authority.check(first, HERE);
        authority.reauthenticate(first.digest(), HERE);
        authority.authenticate(TokenSecret.presented("nobody's"), HERE);
        assertThat(hours()).isEmpty();
    }

    @Test
    void a_history_that_cannot_be_stored_is_stored_later() {
        authority.authenticate(first, HERE);
        flushInVain();
        clock.advance(Duration.ofHours(1));
        authority.authenticate(first, HERE);
        flushInVain();
        assertThat(hours()).containsExactly(thisHour(UseCounts.accepted(2)));
    }

    @Test
    void concurrent_refusals_are_all_counted() throws InterruptedException {
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        authority.authenticate(first, HERE);
                    }
                });
            }
            for (int i = 0; i < 100; i++) {
                var _ = owner.tokens().uses();
            }
        }
        assertThat(hours()).containsExactly(thisHour(new UseCounts(0, 0, 20_000, 0, 0, 0, 0)));
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
