package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenAuthorityTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ManualTicker ticker = new ManualTicker();
    private final TokenAuthority authority = ticker.authority(store, clock);
    private final TokenAuthority elsewhere =
            new TokenAuthority(store, new InMemorySystemTables(), clock, new SecureRandom());

    @AfterEach
    void close() {
        authority.close();
        elsewhere.close();
    }

    private static ActorAccess ownerOf(TokenAuthority authority) {
        return authority.actingAs(new Actor.FileOwner());
    }

    private static TokenSecret createIn(TokenAuthority authority) {
        return ownerOf(authority)
                .tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret();
    }

    private boolean accepts(TokenSecret secret) {
        return authority.authenticate(secret) instanceof Verdict.Accepted;
    }

    @Test
    void a_clock_that_was_set_back_behind_the_ledger_is_noticed() {
        assertThat(authority.lastChangeAhead()).isEmpty();
        createIn(authority);
        Instant change = clock.instant();
        assertThat(authority.lastChangeAhead()).isEmpty();
        clock.advance(Duration.ofMinutes(-1));
        assertThat(authority.lastChangeAhead()).isEmpty();
        clock.advance(Duration.ofMillis(-1));
        assertThat(authority.lastChangeAhead()).contains(change);
    }

    @Test
    void a_clock_out_of_range_prevents_changes() {
        clock.advance(Duration.ofDays(366L * 8_000));
        assertThatThrownBy(() -> createIn(authority))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("the clock of this machine is wrong (+10");
        assertThat(store.revision()).isZero();
    }

    @Test
    void it_cannot_say_before_it_has_looked() {
        TokenSecret secret = createIn(authority);
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Unavailable.STALE);
        assertThatThrownBy(() -> authority.actingAs(secret)).isInstanceOf(AuthorityUnavailable.class);
        authority.start();
        assertThat(accepts(secret)).isTrue();
    }

    @Test
    void a_verdict_has_the_token_or_the_reason_of_the_refusal() {
        authority.start();
        TokenSecret secret = ownerOf(authority)
                .tokens()
                .createNamed(CI, new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE)
                .secret();
        assertThat(authority.authenticate(secret))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.token().name()).isEqualTo(CI));
        assertThat(authority.authenticate(TokenSecret.presented("apiv3_other"))).isEqualTo(Verdict.Refused.UNKNOWN);
        clock.advance(Duration.ofSeconds(1));
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.EXPIRED);
    }

    @Test
    void its_own_changes_count_at_once() {
        authority.start();
        for (int i = 0; i < 100; i++) {
            TokenSecret secret = createIn(authority);
            assertThat(accepts(secret)).isTrue();
            ownerOf(authority).tokens().revoke(CI, Precondition.NONE);
            assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.UNKNOWN);
        }
    }

    @Test
    void changes_of_another_process_take_effect_soon() {
        authority.start();
        TokenSecret secret = createIn(elsewhere);
        Eventually.until(() -> accepts(secret));
        ownerOf(elsewhere).tokens().revoke(CI, Precondition.NONE);
        Eventually.until(() -> !accepts(secret));
    }

    @Test
    void an_own_change_takes_effect_with_earlier_ones_of_another_process() {
        authority.start();
        for (int i = 0; i < 100; i++) {
            TokenSecret secret = createIn(elsewhere);
            ownerOf(authority).tokens().createNamed(new TokenName("own" + i), Lifetime.UNLIMITED, Description.NONE);
            assertThat(accepts(secret)).isTrue();
            ownerOf(elsewhere).tokens().revoke(CI, Precondition.NONE);
            ownerOf(authority).tokens().revoke(new TokenName("own" + i), Precondition.NONE);
            assertThat(accepts(secret)).isFalse();
        }
    }

    @Test
    void a_live_token_is_never_refused_while_it_is_edited() throws Exception {
        authority.start();
        TokenSecret secret = createIn(authority);
        var edited = new AtomicBoolean();
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<Boolean> refused = executor.submit(() -> {
                boolean seen = false;
                while (!edited.get()) {
                    seen |= !accepts(secret);
                }
                return seen;
            });
            for (int i = 0; i < 20_000; i++) {
                var edit = new TokenEdit(Optional.empty(), Optional.of(new Description("d" + i)), Optional.empty());
                ownerOf(authority).tokens().edit(CI, edit, Precondition.NONE);
            }
            edited.set(true);
            assertThat(refused.get()).isFalse();
        }
    }

    @Test
    void verdicts_are_unavailable_after_the_store_was_not_read_for_too_long() {
        authority.start();
        TokenSecret secret = createIn(authority);
        store.breakDown();
        ticker.endLease();
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Unavailable.STALE);
        assertThatThrownBy(() -> authority.actingAs(secret)).isInstanceOf(AuthorityUnavailable.class);
        store.repair();
        Eventually.until(() -> accepts(secret));
    }

    @Test
    void a_clock_set_back_does_not_make_it_blind() {
        authority.start();
        TokenSecret secret = createIn(authority);
        clock.advance(Duration.ofDays(-1));
        assertThat(accepts(secret)).isTrue();
    }

    @Test
    void a_change_that_cannot_be_recorded_has_no_effect() {
        authority.start();
        TokenSecret secret = createIn(authority);
        store.breakDown();
        assertThatThrownBy(() -> ownerOf(authority).tokens().revoke(CI, Precondition.NONE))
                .isInstanceOf(AuthorityUnavailable.class);
        store.repair();
        assertThat(ownerOf(authority).tokens().list()).hasSize(1);
        Eventually.until(() -> accepts(secret));
    }

    /** A store that cannot be read after the first own change, which follows a change of another process. */
    private final class BreakingStore extends DelegatingStore {
        private boolean isNext;

        BreakingStore() {
            super(TokenAuthorityTest.this.store);
        }

        @Override
        public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
            if (isNext) {
                createIn(elsewhere);
            }
            List<LedgerEntry> entries = super.appendAll(decisions);
            if (isNext) {
                TokenAuthorityTest.this.store.breakDown();
            }
            return entries;
        }
    }

    @Test
    void a_recorded_change_succeeds_despite_later_failures() {
        BreakingStore breaking = new BreakingStore();
        try (var here = ticker.authority(breaking, clock)) {
            here.start();
            breaking.isNext = true;
            TokenSecret secret = ownerOf(here)
                    .tokens()
                    .createNamed(new TokenName("own"), Lifetime.UNLIMITED, Description.NONE)
                    .secret();
            assertThat(here.authenticate(secret)).isInstanceOf(Verdict.Accepted.class);
            store.repair();
            ownerOf(elsewhere).tokens().revoke(CI, Precondition.NONE);
            var wanted = new DeclaredToken(
                    new TokenName("declared"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(secret("declared").digest()));
            ownerOf(here).transfer().apply(List.of(wanted), Prune.NO, DryRun.NO);
            assertThat(here.authenticate(secret("declared"))).isInstanceOf(Verdict.Accepted.class);
            store.repair();
            assertThat(store.find(new TokenName("own"))).isPresent();
        }
    }

    private static TokenSecret secret(String text) {
        return TokenSecret.presented("the secret of " + text);
    }

    @Test
    void times_are_recorded_to_the_millisecond() {
        clock.advance(Duration.ofNanos(456_789));
        IssuedToken issued = ownerOf(authority).tokens().createOperator();
        assertThat(issued.createdAt()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void it_has_the_identity_of_its_store() {
        assertThat(authority.instanceId())
                .isEqualTo(store.instanceId())
                .isEqualTo(elsewhere.instanceId())
                .isNotEqualTo(new InMemoryTokenStore().instanceId());
    }

    @Test
    void a_service_that_asks_for_another_is_told_and_the_address_is_recorded_that_is_known() {
        authority.start();
        TokenSecret secret = createIn(authority);
        InetAddress asker = InetAddress.ofLiteral("192.0.2.1");
        InetAddress presenter = InetAddress.ofLiteral("192.0.2.2");
        assertThat(authority.authenticateForAnother(secret, Optional.empty(), asker))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(usedFrom()).contains("192.0.2.1");
        assertThat(authority.authenticateForAnother(secret, Optional.of(presenter), asker))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(usedFrom()).contains("192.0.2.2");
        assertThat(authority.recheck(secret.digest(), asker)).isInstanceOf(Verdict.Accepted.class);
        assertThat(usedFrom()).as("no use").contains("192.0.2.2");
        assertThat(authority.authenticateForAnother(TokenSecret.presented("x"), Optional.empty(), asker))
                .isEqualTo(Verdict.Refused.UNKNOWN);
    }

    private Optional<String> usedFrom() {
        return ownerOf(authority).tokens().uses(CI).getFirst().from();
    }

    @Test
    void it_says_whether_it_gives_verdicts_and_how_old_its_knowledge_is() {
        assertThat(authority.givesVerdicts()).isFalse();
        assertThat(authority.isEmpty()).isTrue();
        authority.start();
        assertThat(authority.givesVerdicts()).isTrue();
        assertThat(authority.leaseAge()).isZero();
        createIn(authority);
        assertThat(authority.isEmpty()).isFalse();
        assertThat(authority.newestRevision()).isEqualTo(store.revision()).isPositive();
        store.breakDown();
        ticker.endLease();
        assertThat(authority.givesVerdicts()).isFalse();
        assertThat(authority.leaseAge()).isEqualTo(TokenRegistry.STALE_AFTER);
        store.repair();
        Eventually.until(authority::givesVerdicts);
    }

    @Test
    void it_says_what_its_store_says() {
        LedgerLoss loss = new LedgerLoss(9, 7);
        TokenStore lossy = new DelegatingStore(store) {
            @Override
            public long size() {
                return 4_096;
            }

            @Override
            public LedgerWatch watch() {
                return new Watch(super.watch()) {
                    @Override
                    public Optional<LedgerLoss> loss() {
                        return Optional.of(loss);
                    }
                };
            }
        };
        try (TokenAuthority other = ticker.authority(lossy, clock)) {
            assertThat(other.size()).isEqualTo(4_096);
            assertThat(other.ledgerLoss()).contains(loss);
        }
    }

    private TokenSecret limited(Origins from, NotBefore start) {
        var attributes = new Attributes(
                Permissions.parse(List.of("tokens:*:read")), from, start, Owner.NONE, Labels.NONE, Routes.ANY);
        return ownerOf(authority)
                .tokens()
                .create(new NewToken(CI, Lifetime.UNLIMITED, Description.NONE, attributes))
                .secret();
    }

    @Test
    void a_token_with_origins_is_accepted_from_them_and_refused_where_the_address_is_unknown() {
        authority.start();
        TokenSecret secret = limited(Origins.parse(List.of("10.0.0.0/8", "2001:db8::/32")), NotBefore.NONE);
        for (String address : List.of("10.0.0.0", "10.255.255.255", "2001:db8::1", "::ffff:10.1.1.1")) {
            assertThat(authority.authenticate(secret, InetAddress.ofLiteral(address)))
                    .as(address)
                    .isInstanceOf(Verdict.Accepted.class);
        }
        for (String address : List.of("9.255.255.255", "11.0.0.0", "2001:db9::", "::a00:1", "0.0.0.0", "::")) {
            assertThat(authority.authenticate(secret, InetAddress.ofLiteral(address)))
                    .as(address)
                    .isEqualTo(Verdict.Refused.ORIGIN);
        }
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.ORIGIN);
        assertThat(authority.check(secret)).isEqualTo(Verdict.Refused.ORIGIN);
        assertThatThrownBy(() -> authority.actingAs(secret)).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(authority.verdicts().origin()).isEqualTo(8);
        assertThat(authority.verdicts().accepted()).isEqualTo(4);
    }

    @Test
    void a_token_with_routes_is_accepted_for_them_and_refused_where_the_request_is_unknown() {
        authority.start();
        TokenSecret secret = ownerOf(authority)
                .tokens()
                .create(new NewToken(
                        CI,
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        new Attributes(
                                Rights.ALL,
                                Origins.parse(List.of("10.0.0.0/8")),
                                NotBefore.NONE,
                                Owner.NONE,
                                Labels.NONE,
                                Routes.parse(List.of("GET a.test/x/**")))))
                .secret();
        InetAddress here = InetAddress.ofLiteral("10.0.0.1");
        InetAddress there = InetAddress.ofLiteral("11.0.0.1");
        assertThat(authority.authenticate(secret, here, () -> RequestRoute.parse("GET a.test/x/y")))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(authority.authenticate(secret, here, () -> RequestRoute.parse("GET a.test/y")))
                .isEqualTo(Verdict.Refused.ROUTE);
        assertThat(authority.authenticate(secret, there, () -> RequestRoute.parse("GET a.test/x/y")))
                .isEqualTo(Verdict.Refused.ORIGIN);
        assertThat(authority.authenticate(secret, here, Optional::empty)).isEqualTo(Verdict.Refused.ROUTE);
        assertThat(authority.authenticate(secret, here)).isEqualTo(Verdict.Refused.ROUTE);
        assertThat(authority.check(secret, here)).isEqualTo(Verdict.Refused.ROUTE);
        assertThat(authority.authenticateForAnother(secret, Optional.of(here), here))
                .isEqualTo(Verdict.Refused.ROUTE);
        assertThat(authority.reauthenticate(secret.digest(), here)).isEqualTo(Verdict.Refused.ROUTE);
        assertThatThrownBy(() -> authority.actingAs(secret)).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(authority.identify(secret).orElseThrow().isAccepted()).isTrue();
        assertThat(authority.verdicts().route()).isEqualTo(5);
    }

    @Test
    void the_request_is_asked_for_only_if_a_token_has_routes() {
        authority.start();
        TokenSecret secret = ownerOf(authority).tokens().createOperator().secret();
        assertThat(authority.authenticate(secret, InetAddress.ofLiteral("::1"), () -> {
                    throw new AssertionError("asked");
                }))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void a_holder_whose_address_was_checked_is_not_asked_for_it_again() {
        authority.start();
        TokenSecret secret = limited(Origins.parse(List.of("10.0.0.1")), NotBefore.NONE);
        Verdict verdict = authority.authenticate(secret, InetAddress.ofLiteral("10.0.0.1"));
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        if (verdict instanceof Verdict.Accepted(var token, var generation)) {
            ActorAccess access = authority.actingAs(Actor.Holder.of(token, generation));
            assertThat(access.tokens().list()).hasSize(1);
            ownerOf(authority).tokens().disable(CI, Reason.NONE, Precondition.NONE);
            assertThatThrownBy(() -> access.tokens().list()).isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    @Test
    void a_token_is_accepted_from_its_first_millisecond_on() {
        authority.start();
        TokenSecret secret =
                limited(Origins.ANYWHERE, NotBefore.of(clock.instant().plusMillis(10)));
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.NOT_YET);
        clock.advance(Duration.ofMillis(9));
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.NOT_YET);
        clock.advance(Duration.ofMillis(1));
        assertThat(authority.authenticate(secret)).isInstanceOf(Verdict.Accepted.class);
        assertThat(authority.verdicts().notYet()).isEqualTo(2);
        ownerOf(authority).tokens().disable(CI, Reason.NONE, Precondition.NONE);
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.DISABLED);
    }

    @Test
    void a_token_that_can_begin_and_end_is_accepted_in_between_only() {
        authority.start();
        TokenSecret secret =
                limited(Origins.ANYWHERE, NotBefore.of(clock.instant().plusSeconds(1)));
        var edit = new TokenEdit(
                Optional.empty(), Optional.empty(), Optional.of(new Lifetime.Span(Duration.ofSeconds(2))));
        ownerOf(authority).tokens().edit(CI, edit, Precondition.NONE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(accepts(secret)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.EXPIRED);
    }
}
