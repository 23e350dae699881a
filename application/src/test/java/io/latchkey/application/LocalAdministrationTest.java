package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalAdministrationTest implements TokenAdministrationContract, LedgerContract, TransferContract {
    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Override
    public ActorAccess holding(TokenSecret secret) {
        return authority.actingAs(secret);
    }

    @Override
    public ActorAccess newcomer() {
        return authority.actingAs(new Actor.LocalBootstrap());
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    private ActorAccess owner() {
        return authority.actingAs(new Actor.FileOwner());
    }

    @Test
    void the_owner_of_the_file_needs_no_token() {
        IssuedToken operator = owner().tokens().createOperator();
        owner().tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        IssuedToken regenerated = owner().tokens().regenerateOperator();
        owner().tokens().revoke(CI, Precondition.NONE);
        assertThat(owner().tokens().list())
                .extracting(token -> token.name().value())
                .containsExactly("_admin");
        assertThat(owner().tokens()
                        .find(TokenName.OPERATOR)
                        .lastChange()
                        .orElseThrow()
                        .by())
                .isEmpty();
        assertThatThrownBy(() -> holding(operator.secret())).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(holding(regenerated.secret()).tokens().list()).hasSize(1);
    }

    @Test
    void all_tokens_are_listed_however_many_a_statement_may_find() {
        SystemTables bounded = (_, _, _) -> {
            throw new TokenFailure.BadQuery("too many");
        };
        try (var authority = new TokenAuthority(store, bounded, clock, new SecureRandom())) {
            ActorAccess owner = authority.actingAs(new Actor.FileOwner());
            owner.tokens().createOperator();
            for (String sql : List.of("select * from system.tokens", " SELECT * FROM system.tokens\n")) {
                assertThat(owner.queries()
                                .query(new SystemQuery(SystemQuery.DATABASE, sql), TableFormat.CSV)
                                .whole()
                                .lines())
                        .hasSize(2);
            }
        }
    }

    @Test
    void not_even_the_owner_edits_or_deletes_the_operator() {
        owner().tokens().createOperator();
        assertThatThrownBy(() -> owner().tokens().revoke(TokenName.OPERATOR, Precondition.NONE))
                .isInstanceOf(TokenFailure.OperatorCannotBeDeleted.class);
    }

    @Test
    void a_policy_limits_creation_and_edits() {
        var policy = new ExpiryPolicy(
                Optional.of(Duration.ofDays(9)), Optional.of(Duration.ofDays(1)), ExpiryPolicy.NeverExpiring.REFUSED);
        try (var bound = new TokenAuthority(store, new InMemorySystemTables(), clock, new SecureRandom(), policy)) {
            ActorAccess owner = bound.actingAs(new Actor.FileOwner());
            assertThat(owner.tokens().createOperator().expiry()).isEqualTo(Expiry.NEVER);
            assertThat(owner.tokens()
                            .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                            .expiry())
                    .isEqualTo(Expiry.at(clock.instant().plus(Duration.ofDays(1))));
            var edit = new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(Lifetime.UNLIMITED));
            assertThatThrownBy(() -> owner.tokens().edit(CI, edit, Precondition.NONE))
                    .hasMessage("tokens must have an expiry on this instance, at most 9d ahead");
        }
    }

    @Test
    void a_policy_limits_declared_and_imported_tokens() {
        var policy = new ExpiryPolicy(
                Optional.of(Duration.ofDays(9)), Optional.of(Duration.ofDays(1)), ExpiryPolicy.NeverExpiring.REFUSED);
        try (var bound = new TokenAuthority(store, new InMemorySystemTables(), clock, new SecureRandom(), policy)) {
            ActorAccess owner = bound.actingAs(new Actor.FileOwner());
            Expiry far = Expiry.at(clock.instant().plus(Duration.ofDays(10)));
            for (DryRun run : DryRun.values()) {
                for (Expiry refused : new Expiry[] {Expiry.NEVER, far}) {
                    assertThatThrownBy(() -> owner.transfer().apply(List.of(declared(CI, refused)), Prune.NO, run))
                            .isInstanceOf(ChangeRefused.class)
                            .hasMessageContaining("at most 9d ahead");
                    assertThatThrownBy(() -> owner.transfer().importTokens(List.of(imported(CI, refused)), run))
                            .isInstanceOf(ChangeRefused.class)
                            .hasMessageContaining("at most 9d ahead");
                }
            }
            Expiry near = Expiry.at(clock.instant().plus(Duration.ofDays(9)));
            owner.transfer()
                    .apply(
                            List.of(declared(TokenName.OPERATOR, Expiry.NEVER), declared(CI, near)),
                            Prune.NO,
                            DryRun.NO);
            assertThatThrownBy(() -> owner.transfer().apply(List.of(declared(CI, far)), Prune.NO, DryRun.NO))
                    .hasMessageContaining("at most 9d ahead");
            owner.transfer()
                    .importTokens(List.of(imported(new TokenName("dead"), Expiry.at(clock.instant()))), DryRun.NO);
            assertThat(owner.tokens().list()).hasSize(3);
        }
    }

    @Test
    void tokens_that_move_into_an_empty_instance_stay_the_same() {
        Token operator = imported(TokenName.OPERATOR, Expiry.NEVER);
        Token fifth = new Token(
                new TokenVersion(new TokenId(5), 2),
                CI,
                imported(CI, Expiry.NEVER).secrets(),
                Description.NONE,
                Expiry.NEVER,
                clock.instant(),
                Optional.of(TokenId.FIRST),
                Optional.of(new Token.LastChange(clock.instant(), Optional.of(TokenId.FIRST))),
                Optional.empty());
        assertThat(owner().transfer().importTokens(List.of(fifth, operator), DryRun.NO))
                .isEqualTo(new ImportResult(2, List.of()));
        assertThat(owner().tokens().list()).containsExactly(operator, fifth);
        assertThat(owner().tokens()
                        .createNamed(new TokenName("next"), Lifetime.UNLIMITED, Description.NONE)
                        .id())
                .isEqualTo(new TokenId(6));
    }

    private static DeclaredToken declared(TokenName name, Expiry expiry) {
        return new DeclaredToken(name, Optional.empty(), Optional.of(expiry), Optional.of(digest(name)));
    }

    private Token imported(TokenName name, Expiry expiry) {
        return new Token(
                new TokenVersion(TokenId.FIRST, 1),
                name,
                new SecretDigests(digest(name), 1, List.of(), Optional.empty()),
                Description.NONE,
                expiry,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static TokenDigest digest(TokenName name) {
        return TokenSecret.presented(name.value()).digest();
    }

    @Test
    void there_is_nothing_to_regenerate_without_an_operator() {
        assertThatThrownBy(() -> owner().tokens().regenerateOperator())
                .isInstanceOf(TokenFailure.NoOperator.class)
                .hasMessage("missing admin token, cannot update");
    }

    @Test
    void bootstrap_is_over_once_there_is_any_token() {
        IssuedToken named = owner().tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        assertThatThrownBy(() -> newcomer().tokens().createOperator()).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(holding(named.secret()).tokens().createOperator().name()).isEqualTo(TokenName.OPERATOR);
    }

    @Test
    void a_request_without_credential_is_refused_without_reading_the_store() {
        ActorAccess stranger = authority.actingAs(new Actor.RemoteBootstrap());
        store.breakDown();
        assertThatThrownBy(stranger.tokens()::createOperator).isInstanceOf(TokenFailure.BootstrapRefused.class);
        store.repair();
        owner().tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        store.breakDown();
        for (ActorAccess nobody : List.of(stranger, newcomer())) {
            assertThatThrownBy(nobody.tokens()::createOperator).isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    @Test
    void an_anonymous_caller_gets_instructions_for_the_first_token() {
        ActorAccess stranger = authority.actingAs(new Actor.RemoteBootstrap());
        assertThatThrownBy(stranger.tokens()::createOperator)
                .isInstanceOf(TokenFailure.BootstrapRefused.class)
                .hasMessageContaining("--admin-token-file")
                .hasMessageContaining("--allow-remote-bootstrap");
        assertThat(owner().tokens().list()).isEmpty();
        owner().tokens().createOperator();
        assertThatThrownBy(stranger.tokens()::createOperator).isInstanceOf(TokenFailure.NameTaken.class);
    }

    @Test
    void recovery_only_gives_a_new_operator_secret() {
        ActorAccess recovery = authority.actingAs(new Actor.Recovery());
        assertThatThrownBy(recovery.tokens()::createOperator).isInstanceOf(TokenFailure.Forbidden.class);
        IssuedToken lost = owner().tokens().createOperator();
        IssuedToken found = recovery.tokens().regenerateOperator();
        assertThatThrownBy(() -> holding(lost.secret())).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(holding(found.secret()).tokens().list()).hasSize(1);
        assertThatThrownBy(recovery.tokens()::list).isInstanceOf(TokenFailure.Forbidden.class);
    }

    @Test
    void a_leak_report_needs_no_other_credential() {
        IssuedToken operator = owner().tokens().createOperator();
        IssuedToken named = owner().tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        ActorAccess finder = authority.actingAs(new Actor.LeakReporter());
        finder.tokens().burn(named.secret());
        finder.tokens().burn(operator.secret());
        assertThatThrownBy(() -> holding(named.secret())).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(holding(operator.secret()).tokens().list()).hasSize(1);
        assertThat(store.tail(2))
                .extracting(entry -> entry.event().getClass().getSimpleName())
                .containsExactly("Revoked", "OperatorSecretLeaked");
        assertThatThrownBy(finder.tokens()::list).isInstanceOf(TokenFailure.Forbidden.class);
    }

    /** Whoever was let in yesterday does not stay in: the secret must still be live when the change is recorded. */
    @Test
    void an_act_dies_with_the_secret_it_was_begun_with() {
        IssuedToken named = owner().tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        ActorAccess begun = holding(named.secret());
        owner().tokens().revoke(CI, Precondition.NONE);
        assertThatThrownBy(() -> begun.tokens().createNamed(new TokenName("x"), Lifetime.UNLIMITED, Description.NONE))
                .isInstanceOf(TokenFailure.Unauthenticated.class);

        ActorAccess operator = holding(owner().tokens().createOperator().secret());
        operator.tokens().regenerateOperator();
        assertThatThrownBy(operator.tokens()::regenerateOperator).isInstanceOf(TokenFailure.Unauthenticated.class);
    }
}
