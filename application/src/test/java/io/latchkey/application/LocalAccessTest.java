package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.node.Node;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an actor with few permissions learns from the authority in its own process: nothing that they do not allow. */
final class LocalAccessTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private IssuedToken resource(String name, String... permissions) {
        return owner.tokens()
                .create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))));
    }

    private ActorAccess holder(String name, String... permissions) {
        return authority.actingAs(resource(name, permissions).secret());
    }

    private static void assertMissing(Runnable act, String permission) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        TokenFailure.PermissionMissing.class,
                        missing -> assertThat(missing.permission()).isEqualTo(permission));
    }

    private static void assertMissingForFirst(Runnable act, String permission) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(ChangeRefused.class, refused -> {
            assertThat(refused.index()).isZero();
            assertMissing(
                    () -> {
                        throw refused.failure();
                    },
                    permission);
        });
    }

    @Test
    void who_may_delete_nothing_does_not_learn_from_a_leak_report_whether_a_secret_exists() {
        TokenSecret unknown = TokenSecret.presented("nobody's");
        IssuedToken other = resource("other");
        ActorAccess nobody = holder("nobody", "tokens:*:read");
        for (TokenSecret secret : List.of(unknown, other.secret())) {
            assertMissing(() -> nobody.tokens().burn(secret), "tokens:*:delete");
        }
        holder("cleaner", "tokens:x:delete").tokens().burn(unknown);
        IssuedToken own = resource("own");
        authority.actingAs(own.secret()).tokens().burn(own.secret());
        assertThat(authority.check(own.secret())).isEqualTo(Verdict.Refused.UNKNOWN);
    }

    @Test
    void an_import_without_the_permission_is_refused_before_the_store_is_asked() {
        ActorAccess maker = holder("maker", "tokens:ci-*:create");
        Token token = withName(owner.tokens().find(new TokenName("maker")), CI, digest("new"));
        store.breakDown();
        assertMissingForFirst(() -> maker.transfer().importTokens(List.of(token), DryRun.NO), "tokens:ci:create");
        store.repair();
    }

    @Test
    void an_import_does_not_tell_which_secret_an_admin_token_has() {
        TokenDigest digest = owner.tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .digest();
        ActorAccess maker = holder("maker", "tokens:*:create");
        Token model = owner.tokens().find(new TokenName("maker"));
        for (TokenDigest guess : List.of(digest, digest("wrong"))) {
            Token guessed = withName(model, CI, guess);
            assertThatThrownBy(() -> maker.transfer().importTokens(List.of(guessed), DryRun.YES))
                    .isInstanceOfSatisfying(
                            ChangeRefused.class,
                            refused -> assertThat(refused.failure()).isInstanceOf(TokenFailure.NameTaken.class));
        }
    }

    @Test
    void a_declaration_without_the_permission_does_not_tell_whether_a_secret_was_revoked() {
        TokenDigest revoked = owner.tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .digest();
        owner.tokens().revoke(CI, Precondition.NONE);
        ActorAccess maker = holder("maker", "tokens:ci-*:create");
        for (TokenDigest secret : List.of(revoked, digest("new"))) {
            DeclaredToken declared = new DeclaredToken(
                    CI,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(secret),
                    new AttributesEdit(
                            Optional.of(Permissions.NONE),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
            assertMissingForFirst(
                    () -> maker.transfer().apply(List.of(declared), Prune.NO, DryRun.YES), "tokens:ci:create");
        }
    }

    private static Token withName(Token model, TokenName name, TokenDigest digest) {
        return new Token(
                new TokenVersion(new TokenId(77), 1),
                name,
                new SecretDigests(digest, 1, List.of(), Optional.empty()),
                Description.NONE,
                Expiry.NEVER,
                model.createdAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Attributes.ADMIN.with(Permissions.NONE));
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }

    @Test
    void the_whole_ledger_and_the_nodes_are_for_those_who_may_read_the_whole_ledger() {
        ActorAccess part = holder("part", "ledger:ci-*:read");
        Actor partly = actor("partly", "ledger:ci-*:read");
        Actor wholly = actor("wholly", "ledger:*:read");
        assertMissing(() -> authority.verifyLedger(partly, Optional.empty()), "ledger:*:read");
        assertThat(authority.lastWholeLedger()).isEmpty();
        TokenStore.LedgerCheck whole = authority.verifyLedger(wholly, Optional.empty());
        assertThat(whole).isInstanceOf(TokenStore.LedgerCheck.Whole.class);
        assertThat(authority.lastWholeLedger()).contains((TokenStore.LedgerCheck.Whole) whole);
        assertThat(authority.ledgerHealth()).isEqualTo(LedgerHealth.INTACT);
        assertMissing(() -> part.ledger().nodes(), "ledger:*:read");
        assertMissing(() -> authority.check(partly, RequiredPermission.LEDGER), "ledger:*:read");
        authority.check(wholly, RequiredPermission.LEDGER);
        assertThat(owner.ledger().nodes()).isEmpty();
        assertThat(authority.nodes()).isEmpty();
        InMemoryNodes nodes = new InMemoryNodes();
        Node node = new Node(UUID.randomUUID(), "a", "1", clock.instant(), clock.instant(), 1, 0, Node.State.LIVE);
        nodes.add(node);
        store.share(nodes);
        assertThat(authority.nodes()).isPresent();
        assertThat(owner.ledger().nodes()).containsExactly(node);
        assertMissing(() -> part.ledger().nodes(), "ledger:*:read");
    }

    private Actor actor(String name, String... permissions) {
        IssuedToken issued = resource(name, permissions);
        return new Actor.Holder(issued.id(), new TokenName(name), issued.digest());
    }

    @Test
    void the_time_that_is_left_is_told_of_the_tokens_that_may_be_read() {
        owner.tokens().createNamed(CI, new Lifetime.Span(Duration.ofDays(1)), Description.NONE);
        owner.tokens()
                .create(new NewToken(
                        new TokenName("web"),
                        new Lifetime.Span(Duration.ofDays(2)),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.NONE)));
        assertThat(authority.remaining()).containsOnlyKeys(CI, new TokenName("web"));
        assertThat(authority.remaining(actor("reader", "tokens:*:read")))
                .containsExactlyEntriesOf(Map.of(new TokenName("web"), Duration.ofDays(2)));
        assertThat(authority.remaining(actor("other", "tokens:ci-*:read"))).isEmpty();
    }

    @Test
    void a_backup_is_remembered() throws Exception {
        assertThat(authority.lastBackup()).isEmpty();
        Instant now = clock.instant();
        owner.transfer().backUp().close();
        assertThat(authority.lastBackup()).contains(now);
    }

    @Test
    void who_may_read_no_token_searches_and_counts_none() {
        Actor nobody = actor("nobody", "tokens:*:create");
        TokenSearch all = new TokenSearch(
                List.of(),
                TokenFilter.EVERY,
                Optional.empty(),
                TokenSearch.Column.NAME,
                TokenSearch.Direction.ASCENDING,
                0,
                10);
        assertMissing(() -> authority.search(nobody, all), "tokens:*:read");
        assertMissing(() -> authority.outlook(nobody, 7), "tokens:*:read");
        assertThat(authority.search(actor("reader", "tokens:*:read"), all).tokens())
                .hasSize(2);
    }
}
