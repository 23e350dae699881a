package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan.Action;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.application.transfer.TokenPlan.Step;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Routes;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link TokenAdministration} does with many tokens at once. */
public interface TransferContract {
    /** The access of the holder of a secret to an authority that has no tokens when a test begins. */
    ActorAccess holding(TokenSecret secret);

    /** The access of a user without a token on the machine of the authority. */
    ActorAccess newcomer();

    /** The authority's clock. */
    ManualClock clock();

    private ActorAccess operator() {
        return holding(newcomer().tokens().createOperator().secret());
    }

    private static TokenSecret secret(String name) {
        return TokenSecret.presented("secret-of-" + Integer.toHexString(name.hashCode()));
    }

    private static TokenDigest digest(String name) {
        return secret(name).digest();
    }

    private static DeclaredToken wanted(String name, String description, Expiry expiry) {
        return new DeclaredToken(
                new TokenName(name),
                Optional.of(new Description(description)),
                Optional.of(expiry),
                Optional.of(digest(name)));
    }

    private static DeclaredToken wanted(String name) {
        return wanted(name, "", Expiry.NEVER);
    }

    private Token elsewhere(String name) {
        return new Token(
                new TokenVersion(new TokenId(7), 3),
                new TokenName(name),
                new SecretDigests(
                        digest(name),
                        2,
                        List.of(new FormerSecret(
                                1,
                                digest("old " + name),
                                Optional.of(clock().instant().plusSeconds(60)),
                                Optional.empty())),
                        Optional.empty()),
                new Description("from \"elsewhere\""),
                Expiry.at(clock().instant().plusSeconds(600)),
                clock().instant().minusSeconds(900),
                Optional.of(new TokenId(5)),
                Optional.of(new Token.LastChange(clock().instant().minusSeconds(30), Optional.of(new TokenId(5)))),
                Optional.empty());
    }

    private static void assertRefused(ThrowingCallable attempt, int place, Class<? extends TokenFailure> failure) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(ChangeRefused.class, e -> {
            assertThat(e.index()).isEqualTo(place);
            assertThat(e.failure()).isInstanceOf(failure);
        });
    }

    private static List<LedgerRecord> ledger(ActorAccess administration) {
        return administration.ledger().page(LedgerQuery.ALL).lines();
    }

    @Test
    default void applying_a_declaration_twice_changes_nothing_the_second_time() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(new TokenName("gone"), Lifetime.UNLIMITED, Description.NONE);
        Instant end = clock().instant().plusSeconds(90);
        assertThat(operator.transfer()
                        .apply(List.of(wanted("a"), wanted("b/ü", "two", Expiry.at(end))), Prune.NO, DryRun.NO)
                        .steps())
                .extracting(Step::fate)
                .containsExactly(Action.CREATE, Action.CREATE);
        assertThat(holding(secret("b/ü")).tokens().find(new TokenName("b/ü")).expiry())
                .isEqualTo(Expiry.at(end));
        List<DeclaredToken> second = List.of(
                wanted("b/ü"),
                wanted("a"),
                new DeclaredToken(TokenName.OPERATOR, Optional.empty(), Optional.empty(), Optional.empty()));
        List<Step> steps =
                operator.transfer().apply(second, Prune.YES, DryRun.NO).steps();
        assertThat(steps)
                .extracting(Step::fate)
                .containsExactly(Action.EDIT, Action.UNCHANGED, Action.UNCHANGED, Action.DELETE);
        assertThat(steps.getFirst().differences())
                .containsExactly("description \"two\" -> \"\"", "expiry " + end + " -> never");
        assertThat(steps.getLast().name()).isEqualTo(new TokenName("gone"));
        List<LedgerRecord> ledger = ledger(operator);
        assertThat(ledger.subList(2, ledger.size()))
                .extracting(line -> line.by().tokenName())
                .containsOnly(Optional.of(TokenName.OPERATOR));
        assertThat(operator.transfer().apply(second, Prune.YES, DryRun.NO).steps())
                .extracting(Step::fate)
                .containsOnly(Action.UNCHANGED);
        assertThat(ledger(operator)).isEqualTo(ledger);
    }

    private static Attributes limited(String... permissions) {
        return new Attributes(
                Permissions.parse(List.of(permissions)),
                Origins.parse(List.of("10.0.0.0/8", "2001:db8::/32")),
                NotBefore.of(Instant.parse("2026-01-31T12:00:00.250Z")),
                new Owner("the \"build\" team, ü"),
                Labels.parse(List.of("env=prod", "team=a=b, c", "empty=")),
                Routes.parse(List.of("GET,POST a.test/x/**", "* *.b.test/")));
    }

    private static AttributesEdit declared(Attributes attributes) {
        return new AttributesEdit(
                Optional.of(Permissions.parse(attributes.rights().texts())),
                Optional.of(attributes.from()),
                Optional.of(attributes.notBefore()),
                Optional.of(attributes.owner()),
                Optional.of(attributes.labels()),
                Optional.of(attributes.routes()));
    }

    private static DeclaredToken wanted(String name, AttributesEdit attributes) {
        return new DeclaredToken(
                new TokenName(name), Optional.empty(), Optional.empty(), Optional.of(digest(name)), attributes);
    }

    @Test
    default void a_declared_token_has_its_permissions_and_limits_and_keeps_those_without_declaration() {
        ActorAccess operator = operator();
        Attributes first = limited("grafana:prod:read", "tokens:ci-*:rotate");
        assertThat(operator.transfer()
                        .apply(List.of(wanted("a", declared(first))), Prune.NO, DryRun.NO)
                        .steps()
                        .getFirst()
                        .differences())
                .containsExactly(
                        "permissions grafana:prod:read tokens:ci-*:rotate",
                        "from 10.0.0.0/8 2001:db8::/32",
                        "not before 2026-01-31T12:00:00.250Z",
                        "owner \"the \"build\" team, ü\"",
                        "labels empty= env=prod team=a=b, c",
                        "routes * *.b.test/, GET,POST a.test/x/**");
        assertThat(operator.tokens().find(new TokenName("a")).attributes()).isEqualTo(first);
        assertThat(operator.transfer()
                        .apply(List.of(wanted("a", AttributesEdit.NONE)), Prune.NO, DryRun.NO)
                        .steps())
                .extracting(Step::fate)
                .containsExactly(Action.UNCHANGED);
        Attributes none = Attributes.ADMIN.with(Permissions.NONE);
        Step step = operator.transfer()
                .apply(List.of(wanted("a", declared(none))), Prune.NO, DryRun.NO)
                .steps()
                .getFirst();
        assertThat(step.fate()).isEqualTo(Action.EDIT);
        assertThat(step.differences())
                .contains(
                        "permissions grafana:prod:read tokens:ci-*:rotate -> none",
                        "from 10.0.0.0/8 2001:db8::/32 -> none",
                        "routes * *.b.test/, GET,POST a.test/x/** -> none");
        assertThat(operator.tokens().find(new TokenName("a")).attributes()).isEqualTo(none);
    }

    @Test
    default void a_token_comes_with_its_permissions_and_limits() {
        ActorAccess operator = operator();
        Attributes attributes = limited("db:metrics:read,write");
        Token imported = elsewhere("a", attributes);
        operator.transfer().importTokens(List.of(imported, elsewhere("b", Attributes.ADMIN)), DryRun.NO);
        assertThat(operator.tokens().find(imported.name()).attributes()).isEqualTo(attributes);
        assertThat(operator.tokens().find(new TokenName("b")).attributes()).isEqualTo(Attributes.ADMIN);
    }

    private Token elsewhere(String name, Attributes attributes) {
        return new Token(
                new TokenVersion(new TokenId(name.length()), 1),
                new TokenName(name),
                new SecretDigests(digest(name), 1, List.of(), Optional.empty()),
                Description.NONE,
                Expiry.at(clock().instant().plusSeconds(600)),
                clock().instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                attributes);
    }

    /** A resource token that may create tokens whose names begin with {@code app-}, and read what they read. */
    private ActorAccess factory(ActorAccess operator) {
        return holding(operator.tokens()
                .create(new NewToken(
                        new TokenName("factory"),
                        new Lifetime.Span(Duration.ofSeconds(700)),
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of("tokens:app-*:create,read", "db:*:read")))))
                .secret());
    }

    @Test
    default void a_resource_token_imports_and_declares_nothing_beyond_its_own_permissions() {
        ActorAccess factory = factory(operator());
        Attributes within = Attributes.ADMIN.with(Permissions.parse(List.of("db:metrics:read")));
        Attributes beyond = Attributes.ADMIN.with(Permissions.parse(List.of("db:metrics:write")));
        assertThat(factory.transfer().importTokens(List.of(elsewhere("app-1", within)), DryRun.NO))
                .isEqualTo(new ImportResult(1, List.of()));
        for (Attributes forbidden : List.of(beyond, Attributes.ADMIN)) {
            assertRefused(
                    () -> factory.transfer().importTokens(List.of(elsewhere("app-2", forbidden)), DryRun.NO),
                    0,
                    TokenFailure.NotContained.class);
        }
        assertRefused(
                () -> factory.transfer().importTokens(List.of(elsewhere("web", within)), DryRun.NO),
                0,
                TokenFailure.PermissionMissing.class);
        assertRefused(
                () -> factory.transfer().apply(List.of(wanted("app-3", declared(beyond))), Prune.NO, DryRun.NO),
                0,
                TokenFailure.NotContained.class);
        assertThat(factory.tokens().list())
                .extracting(
                        token -> token.name().value(), token -> token.digest().isHidden())
                .containsExactly(tuple("app-1", true));
    }

    @Test
    default void properties_without_declaration_are_unchanged() {
        ActorAccess operator = operator();
        Expiry end = Expiry.at(clock().instant().plusSeconds(90));
        operator.transfer().apply(List.of(wanted("a", "kept", end)), Prune.NO, DryRun.NO);
        DeclaredToken brief =
                new DeclaredToken(new TokenName("a"), Optional.empty(), Optional.empty(), Optional.of(digest("a")));
        assertThat(operator.transfer()
                        .apply(List.of(brief), Prune.YES, DryRun.NO)
                        .steps())
                .extracting(Step::fate)
                .containsExactly(Action.UNCHANGED);
        assertThat(operator.tokens().find(brief.name()).expiry()).isEqualTo(end);
        assertThat(operator.tokens().find(brief.name()).description().text()).isEqualTo("kept");
    }

    @Test
    default void a_token_rotated_after_its_declaration_keeps_its_secret_and_is_reported() {
        ActorAccess operator = operator();
        operator.transfer().apply(List.of(wanted("a")), Prune.NO, DryRun.NO);
        Token rotated = operator.tokens()
                .rotate(new TokenName("a"), GracePeriod.NONE, Optional.empty(), Precondition.NONE)
                .token();
        List<Step> steps = operator.transfer()
                .apply(List.of(wanted("a", "new", Expiry.NEVER), wanted("b")), Prune.NO, DryRun.NO)
                .steps();
        assertThat(steps).extracting(Step::fate).containsExactly(Action.EDIT, Action.CREATE);
        assertThat(steps.getFirst().differences())
                .containsExactly(
                        "description \"\" -> \"new\"",
                        "rotated since (generation 1 -> 2), so the declared secret is a former one: declare the new"
                                + " one, whose hash is " + rotated.digest().hex());
        assertThat(operator.tokens().find(rotated.name()).secrets()).isEqualTo(rotated.secrets());
        assertThat(operator.transfer()
                        .apply(List.of(wanted("a", "new", Expiry.NEVER)), Prune.NO, DryRun.NO)
                        .steps())
                .extracting(Step::fate)
                .containsExactly(Action.UNCHANGED);
    }

    @Test
    default void one_that_cannot_be_had_leaves_everything_as_it_was_dry_or_not() {
        ActorAccess operator = operator();
        operator.transfer().apply(List.of(wanted("a")), Prune.NO, DryRun.NO);
        List<LedgerRecord> before = ledger(operator);
        DeclaredToken fine = wanted("fine", "", Expiry.NEVER);
        DeclaredToken stolen =
                new DeclaredToken(new TokenName("thief"), Optional.empty(), Optional.empty(), Optional.of(digest("a")));
        DeclaredToken unknown =
                new DeclaredToken(new TokenName("new"), Optional.empty(), Optional.empty(), Optional.empty());
        DeclaredToken other =
                new DeclaredToken(new TokenName("a"), Optional.empty(), Optional.empty(), Optional.of(digest("other")));
        DeclaredToken late = wanted("late", "", Expiry.at(clock().instant()));
        DeclaredToken described = new DeclaredToken(
                TokenName.OPERATOR, Optional.of(new Description("mine")), Optional.empty(), Optional.empty());
        for (DryRun run : DryRun.values()) {
            assertRefused(
                    () -> operator.transfer().apply(List.of(fine, stolen), Prune.YES, run),
                    1,
                    TokenFailure.SecretTaken.class);
            assertRefused(
                    () -> operator.transfer().apply(List.of(fine, fine), Prune.NO, run),
                    1,
                    TokenFailure.NameTaken.class);
            for (DeclaredToken bad : List.of(unknown, other, late)) {
                assertRefused(
                        () -> operator.transfer().apply(List.of(fine, bad), Prune.NO, run),
                        1,
                        TokenFailure.Invalid.class);
            }
            assertRefused(
                    () -> operator.transfer().apply(List.of(described), Prune.NO, run),
                    0,
                    TokenFailure.OperatorCannotBeEdited.class);
        }
        assertThat(ledger(operator)).isEqualTo(before);
    }

    @Test
    default void a_dry_run_changes_nothing() {
        ActorAccess operator = operator();
        operator.transfer().apply(List.of(wanted("a")), Prune.NO, DryRun.NO);
        List<LedgerRecord> before = ledger(operator);
        assertThat(operator.transfer()
                        .apply(List.of(wanted("b")), Prune.YES, DryRun.YES)
                        .steps())
                .extracting(Step::fate)
                .containsExactly(Action.CREATE, Action.DELETE);
        assertThat(operator.transfer().importTokens(List.of(elsewhere("c")), DryRun.YES))
                .isEqualTo(new ImportResult(1, List.of()));
        assertThat(ledger(operator)).isEqualTo(before);
        assertThatThrownBy(() -> holding(secret("b")).tokens().list()).isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    default void a_token_comes_with_everything_but_its_identity() {
        ActorAccess operator = operator();
        Token imported = elsewhere("svc/ä");
        Disablement rest = new Disablement(clock().instant().minusSeconds(9), new Reason("quiet"));
        Token resting = new Token(
                new TokenVersion(new TokenId(8), 1),
                new TokenName("resting"),
                new SecretDigests(digest("resting"), 1, List.of(), Optional.empty()),
                Description.NONE,
                Expiry.NEVER,
                clock().instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(rest));
        assertThat(operator.transfer().importTokens(List.of(resting, imported), DryRun.NO))
                .isEqualTo(new ImportResult(2, List.of()));
        Token found = operator.tokens().find(imported.name());
        assertThat(found.secrets()).isEqualTo(imported.secrets());
        assertThat(found.description()).isEqualTo(imported.description());
        assertThat(found.expiry()).isEqualTo(imported.expiry());
        assertThat(found.createdAt()).isEqualTo(imported.createdAt());
        assertThat(found.createdBy()).isEmpty();
        assertThat(found.lastChange())
                .isEqualTo(Optional.of(
                        new Token.LastChange(imported.lastChange().orElseThrow().at(), Optional.empty())));
        assertThat(operator.tokens().find(resting.name()).disablement()).isEqualTo(Optional.of(rest));
        assertThat(holding(secret("svc/ä")).tokens().list()).hasSize(3);
        assertThat(holding(secret("old svc/ä")).tokens().list()).hasSize(3);
        assertThat(operator.transfer().importTokens(List.of(imported, resting), DryRun.NO))
                .isEqualTo(new ImportResult(0, List.of()));
    }

    @Test
    default void every_token_that_the_rules_allow_is_imported() {
        TokenStore made = new InMemoryTokenStore();
        new RandomOperations(made, 20261130).run(2_000);
        List<Token> imported = made.snapshot().tokens().stream()
                .filter(token -> !token.isOperator())
                .toList();
        ActorAccess operator = operator();
        assertThat(operator.transfer().importTokens(imported, DryRun.NO))
                .isEqualTo(new ImportResult(imported.size(), List.of()));
        for (Token token : imported) {
            Token found = operator.tokens().find(token.name());
            assertThat(found.secrets().digests().toList())
                    .isEqualTo(token.secrets().digests().toList());
            assertThat(found.secrets().former())
                    .extracting(FormerSecret::generation, FormerSecret::until)
                    .isEqualTo(token.secrets().former().stream()
                            .map(former -> tuple(former.generation(), former.until()))
                            .toList());
            assertThat(found.expiry()).isEqualTo(token.expiry());
            assertThat(found.disablement()).isEqualTo(token.disablement());
        }
    }

    @Test
    default void a_rotation_that_was_done_is_not_done_again_after_a_move() {
        ActorAccess operator = operator();
        IdempotencyKey key = new IdempotencyKey("march");
        SecretDigests keyed = new SecretDigests(
                digest("now"),
                2,
                List.of(),
                Optional.of(new SecretDigests.KeyedRotation(key.sha256(), clock().instant())));
        operator.transfer().importTokens(List.of(withSecrets("a", keyed)), DryRun.NO);
        assertThatThrownBy(() -> operator.tokens()
                        .rotate(new TokenName("a"), GracePeriod.NONE, Optional.of(key), Precondition.NONE))
                .isInstanceOf(TokenFailure.AlreadyRotated.class);
    }

    /** Imported names are kept unchanged; deceptive characters are escaped only when a name is shown. */
    @Test
    default void a_token_keeps_a_name_that_no_new_one_may_have() {
        ActorAccess operator = operator();
        Token imported = withSecret("ci\u3164", digest("odd"));
        assertThat(operator.transfer()
                        .importTokens(List.of(imported), DryRun.NO)
                        .imported())
                .isEqualTo(1);
        TokenEdit described =
                new TokenEdit(Optional.of(imported.name()), Optional.of(new Description("odd")), Optional.empty());
        assertThat(operator.tokens()
                        .edit(imported.name(), described, Precondition.NONE)
                        .name())
                .isEqualTo(imported.name());
        operator.tokens().revoke(imported.name(), Precondition.NONE);
    }

    @Test
    default void a_revoked_token_that_is_imported_again_is_reported() {
        ActorAccess operator = operator();
        Token imported = elsewhere("a");
        operator.transfer().importTokens(List.of(imported), DryRun.NO);
        operator.tokens().revoke(imported.name(), Precondition.NONE);
        for (DryRun run : new DryRun[] {DryRun.YES, DryRun.NO}) {
            assertThat(operator.transfer()
                            .importTokens(List.of(elsewhere("b"), imported), run)
                            .reactivated())
                    .extracting(Token::name)
                    .containsExactly(imported.name());
        }
        assertThat(holding(secret("a")).tokens().list()).hasSize(3);
    }

    @Test
    default void a_former_secret_that_is_valid_again_is_reported() {
        ActorAccess operator = operator();
        operator.transfer().importTokens(List.of(elsewhere("a")), DryRun.NO);
        operator.tokens().finishRotation(new TokenName("a"), Precondition.NONE);
        Token finished = operator.tokens().find(new TokenName("a"));
        operator.tokens().revoke(finished.name(), Precondition.NONE);
        SecretDigests other =
                new SecretDigests(digest("other"), 2, elsewhere("a").secrets().former(), Optional.empty());
        assertThat(operator.transfer()
                        .importTokens(List.of(withSecrets("b", other)), DryRun.YES)
                        .reactivated())
                .extracting(Token::name)
                .containsExactly(new TokenName("b"));
        SecretDigests dead =
                new SecretDigests(digest("other"), 2, finished.secrets().former(), Optional.empty());
        assertThat(operator.transfer()
                        .importTokens(List.of(withSecrets("b", dead)), DryRun.NO)
                        .reactivated())
                .isEmpty();
    }

    @Test
    default void a_secret_that_was_ended_is_not_declared_back() {
        ActorAccess operator = operator();
        operator.transfer().apply(List.of(wanted("a")), Prune.NO, DryRun.NO);
        operator.tokens().revoke(new TokenName("a"), Precondition.NONE);
        List<LedgerRecord> before = ledger(operator);
        for (DryRun run : DryRun.values()) {
            assertRefused(
                    () -> operator.transfer().apply(List.of(wanted("fine"), wanted("a")), Prune.NO, run),
                    1,
                    TokenFailure.Invalid.class);
        }
        assertThat(ledger(operator)).isEqualTo(before);
    }

    @Test
    default void one_token_that_cannot_come_keeps_all_out() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(new TokenName("taken"), Lifetime.UNLIMITED, Description.NONE);
        TokenSecret first = operator.tokens()
                .createNamed(new TokenName("x"), Lifetime.UNLIMITED, Description.NONE)
                .secret();
        operator.tokens()
                .rotate(new TokenName("x"), new GracePeriod(Duration.ofHours(1)), Optional.empty(), Precondition.NONE);
        List<LedgerRecord> before = ledger(operator);
        Token fine = elsewhere("fine");
        SecretDigests last = new SecretDigests(digest("odd"), Integer.MAX_VALUE, List.of(), Optional.empty());
        for (DryRun run : DryRun.values()) {
            assertRefused(
                    () -> operator.transfer().importTokens(List.of(fine, elsewhere("taken")), run),
                    1,
                    TokenFailure.NameTaken.class);
            assertRefused(
                    () -> operator.transfer().importTokens(List.of(fine, withSecret("thief", first.digest())), run),
                    1,
                    TokenFailure.SecretTaken.class);
            assertRefused(
                    () -> operator.transfer().importTokens(List.of(fine, withSecrets("odd", last)), run),
                    1,
                    TokenFailure.Invalid.class);
            assertRefused(
                    () -> operator.transfer().importTokens(List.of(withSecret("_admin", digest("mine"))), run),
                    0,
                    TokenFailure.NameTaken.class);
        }
        assertThat(ledger(operator)).isEqualTo(before);
    }

    private Token withSecret(String name, TokenDigest digest) {
        return withSecrets(name, new SecretDigests(digest, 1, List.of(), Optional.empty()));
    }

    private Token withSecrets(String name, SecretDigests secrets) {
        return new Token(
                new TokenVersion(TokenId.FIRST, 2),
                new TokenName(name),
                secrets,
                Description.NONE,
                Expiry.NEVER,
                clock().instant(),
                Optional.empty(),
                Optional.of(new Token.LastChange(clock().instant(), Optional.empty())),
                Optional.empty());
    }

    @Test
    default void an_import_needs_a_valid_token() {
        ActorAccess operator = operator();
        TokenSecret secret = operator.tokens()
                .createNamed(new TokenName("a"), Lifetime.UNLIMITED, Description.NONE)
                .secret();
        ActorAccess named = holding(secret);
        named.transfer().apply(List.of(wanted("b")), Prune.NO, DryRun.NO);
        operator.tokens().revoke(new TokenName("a"), Precondition.NONE);
        for (DryRun run : DryRun.values()) {
            assertThatThrownBy(() -> named.transfer().apply(List.of(wanted("c")), Prune.NO, run))
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
            assertThatThrownBy(() -> named.transfer().importTokens(List.of(elsewhere("c")), run))
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }
}
