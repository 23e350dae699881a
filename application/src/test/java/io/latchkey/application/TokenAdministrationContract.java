package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link TokenAdministration} does, near or far. */
public interface TokenAdministrationContract extends RotationContract, ResourceTokenContract {
    TokenName CI = new TokenName("ci");

    /** The very first operator token. */
    default IssuedToken bootstrap() {
        return newcomer().tokens().createOperator();
    }

    private ActorAccess operator() {
        return holding(bootstrap().secret());
    }

    private static IssuedToken create(ActorAccess administration, TokenName name) {
        return administration.tokens().createNamed(name, Lifetime.UNLIMITED, Description.NONE);
    }

    private Instant now() {
        return clock().instant();
    }

    @Test
    default void a_holder_finds_its_own_token_without_a_permission() {
        ActorAccess operator = operator();
        NewToken nothing = new NewToken(
                new TokenName("nothing"),
                Lifetime.UNLIMITED,
                Description.NONE,
                Attributes.ADMIN.with(Permissions.NONE));
        TokenSecret secret = operator.tokens().create(nothing).secret();
        Token own = holding(secret).tokens().own();
        assertThat(own.name()).isEqualTo(nothing.name());
        assertThat(own.rights()).isEqualTo(Permissions.NONE);
        assertThatThrownBy(() -> holding(secret).tokens().find(nothing.name()))
                .isInstanceOf(TokenFailure.PermissionMissing.class);
        assertThat(operator.tokens().own().name()).isEqualTo(TokenName.OPERATOR);
        operator.tokens().revoke(nothing.name(), Precondition.NONE);
        assertThatThrownBy(() -> holding(secret).tokens().own()).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThatThrownBy(() -> newcomer().tokens().own()).isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    default void after_the_greatest_identity_there_is_no_token() {
        assertThat(operator().tokens().page(TokenQuery.ALL.after(new TokenId(TokenId.MOST))))
                .isEqualTo(new TokenPage(List.of(), Optional.empty()));
    }

    @Test
    default void the_first_token_of_an_instance_is_the_operators() {
        IssuedToken issued = bootstrap();
        assertThat(issued.id()).isEqualTo(TokenId.FIRST);
        assertThat(issued.name()).isEqualTo(TokenName.OPERATOR);
        assertThat(issued.secret().digest()).isEqualTo(issued.digest());
        assertThat(issued.secret().reveal()).matches("apiv3_[A-Za-z0-9_-]{86}");
        assertThat(issued.createdAt()).isEqualTo(now());
        assertThat(issued.expiry()).isEqualTo(Expiry.NEVER);
        Token listed = holding(issued.secret()).tokens().list().getFirst();
        assertThat(listed.digest()).isEqualTo(issued.digest());
        assertThat(listed.createdBy()).isEmpty();
        assertThat(listed.lastChange()).isEmpty();
    }

    @Test
    default void there_is_one_operator_token() {
        IssuedToken operator = bootstrap();
        assertThatThrownBy(this::bootstrap)
                .isInstanceOf(TokenFailure.NameTaken.class)
                .hasMessage("token name already exists, _admin");
        assertThatThrownBy(() -> holding(operator.secret()).tokens().createOperator())
                .isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(holding(operator.secret()).tokens().list()).hasSize(1);
    }

    @Test
    default void every_other_operation_needs_a_valid_token() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(CI, new Lifetime.Span(Duration.ofHours(1)), Description.NONE);
        IssuedToken expired = operator.tokens()
                .createNamed(new TokenName("expired"), new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE);
        IssuedToken revoked = create(operator, new TokenName("revoked"));
        operator.tokens().revoke(revoked.name(), Precondition.NONE);
        clock().advance(Duration.ofSeconds(1));

        for (TokenSecret secret : List.of(
                expired.secret(),
                revoked.secret(),
                TokenSecret.presented("apiv3_unknown"),
                TokenSecret.presented("x"))) {
            assertUnauthenticated(() -> holding(secret).tokens().list());
            assertUnauthenticated(() -> holding(secret).tokens().find(CI));
            assertUnauthenticated(() -> create(holding(secret), new TokenName("new")));
            assertUnauthenticated(() -> holding(secret).tokens().regenerateOperator());
            assertUnauthenticated(() -> holding(secret).tokens().edit(CI, describedAs("x"), Precondition.NONE));
            assertUnauthenticated(() -> holding(secret).tokens().revoke(CI, Precondition.NONE));
        }
        assertUnauthenticated(() -> newcomer().tokens().list());
        assertUnauthenticated(() -> newcomer().tokens().find(CI));
        assertUnauthenticated(() -> create(newcomer(), new TokenName("new")));
        assertUnauthenticated(() -> newcomer().tokens().regenerateOperator());
        assertUnauthenticated(() -> newcomer().tokens().edit(CI, describedAs("x"), Precondition.NONE));
        assertUnauthenticated(() -> newcomer().tokens().revoke(CI, Precondition.NONE));
        assertThat(operator.tokens().list()).hasSize(3);
    }

    private static void assertUnauthenticated(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOf(TokenFailure.Unauthenticated.class)
                .hasMessage("the request was not authenticated");
    }

    @Test
    default void a_named_token_is_issued_with_all_requested_properties() {
        IssuedToken operator = bootstrap();
        IssuedToken issued = holding(operator.secret())
                .tokens()
                .createNamed(CI, new Lifetime.Span(Duration.ofDays(10)), new Description("for the build: ü 🔑"));
        assertThat(issued.id()).isEqualTo(new TokenId(1));
        assertThat(issued.name()).isEqualTo(CI);
        assertThat(issued.createdAt()).isEqualTo(now());
        assertThat(issued.expiry()).isEqualTo(Expiry.at(now().plus(Duration.ofDays(10))));

        Token token = holding(issued.secret()).tokens().find(CI);
        assertThat(token.id()).isEqualTo(issued.id());
        assertThat(token.digest()).isEqualTo(issued.digest());
        assertThat(token.description()).isEqualTo(new Description("for the build: ü 🔑"));
        assertThat(token.expiry()).isEqualTo(issued.expiry());
        assertThat(token.createdBy()).contains(operator.id());
        assertThat(token.lastChange()).isEmpty();
        assertThat(token.version().number()).isEqualTo(1);
    }

    @Test
    default void a_named_token_is_issued_with_an_expiry_timestamp() {
        Instant end = now().plus(Duration.ofDays(700)).plusMillis(250);
        assertThat(operator()
                        .tokens()
                        .createNamed(CI, new Lifetime.Until(end), Description.NONE)
                        .expiry())
                .isEqualTo(Expiry.at(end));
    }

    @Test
    default void a_name_may_contain_any_visible_character() {
        ActorAccess operator = operator();
        for (String name : List.of("a/b", "a b", "100%", "a?b=c&d", "#1", "Zoë", "鍵🔑", "..", "a+b", "\"q\"", "%2F")) {
            create(operator, new TokenName(name));
            assertThat(operator.tokens().find(new TokenName(name)).name().value())
                    .isEqualTo(name);
            operator.tokens().revoke(new TokenName(name), Precondition.NONE);
        }
        assertThat(operator.tokens().list()).hasSize(1);
    }

    @Test
    default void a_new_name_that_passes_for_another_is_refused() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE);
        for (String name : List.of("ci\u3164", "ci\ufe0f", "\uff3fadmin", "\uff43\uff49")) {
            TokenName deceptive = new TokenName(name);
            assertThatThrownBy(() -> operator.tokens().createNamed(deceptive, Lifetime.UNLIMITED, Description.NONE))
                    .isInstanceOf(TokenFailure.Invalid.class);
            assertThatThrownBy(() -> operator.tokens()
                            .edit(
                                    new TokenName("ci"),
                                    new TokenEdit(Optional.of(deceptive), Optional.empty(), Optional.empty()),
                                    Precondition.NONE))
                    .isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    @Test
    default void a_name_belongs_to_one_token_even_an_expired_one() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(CI, new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE);
        clock().advance(Duration.ofDays(1));
        assertThatThrownBy(() -> create(operator, CI))
                .isInstanceOf(TokenFailure.NameTaken.class)
                .hasMessage("token name already exists, ci");
    }

    @Test
    default void a_revoked_tokens_name_is_free_but_its_id_is_not() {
        ActorAccess operator = operator();
        create(operator, CI);
        operator.tokens().revoke(CI, Precondition.NONE);
        assertThat(create(operator, CI).id()).isEqualTo(new TokenId(2));
    }

    @Test
    default void tokens_are_listed_in_the_order_of_their_ids() {
        ActorAccess operator = operator();
        create(operator, new TokenName("z"));
        create(operator, new TokenName("a"));
        assertThat(operator.tokens().list())
                .extracting(token -> token.name().value())
                .containsExactly("_admin", "z", "a");
    }

    @Test
    default void a_token_works_until_the_millisecond_before_its_expiry() {
        IssuedToken issued =
                operator().tokens().createNamed(CI, new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE);
        clock().advance(Duration.ofMillis(999));
        assertThat(holding(issued.secret()).tokens().list()).hasSize(2);
        clock().advance(Duration.ofMillis(1));
        assertUnauthenticated(() -> holding(issued.secret()).tokens().list());
    }

    @Test
    default void regenerating_gives_the_operator_another_secret_and_ends_the_old_one() {
        IssuedToken old = bootstrap();
        clock().advance(Duration.ofMinutes(1));
        IssuedToken fresh = holding(old.secret()).tokens().regenerateOperator();
        assertThat(fresh.id()).isEqualTo(old.id());
        assertThat(fresh.name()).isEqualTo(old.name());
        assertThat(fresh.createdAt()).isEqualTo(old.createdAt());
        assertThat(fresh.digest()).isNotEqualTo(old.digest());
        assertUnauthenticated(() -> holding(old.secret()).tokens().list());
        Token operator = holding(fresh.secret()).tokens().find(TokenName.OPERATOR);
        assertThat(operator.lastChange()).contains(new Token.LastChange(now(), Optional.of(old.id())));
    }

    @Test
    default void a_named_token_may_not_touch_the_operator() {
        ActorAccess named = holding(create(operator(), CI).secret());
        assertForbidden(named.tokens()::regenerateOperator);
        assertForbidden(() -> named.tokens().edit(TokenName.OPERATOR, describedAs("mine"), Precondition.NONE));
        assertForbidden(() -> named.tokens().revoke(TokenName.OPERATOR, Precondition.NONE));
    }

    private static void assertForbidden(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOf(TokenFailure.Forbidden.class)
                .hasMessage("requestor is forbidden from requested resource");
    }

    @Test
    default void a_named_token_may_do_all_other_operations() {
        ActorAccess named = holding(create(operator(), CI).secret());
        IssuedToken other = create(named, new TokenName("other"));
        assertThat(named.tokens()
                        .edit(other.name(), describedAs("edited"), Precondition.NONE)
                        .description())
                .isEqualTo(new Description("edited"));
        named.tokens().revoke(other.name(), Precondition.NONE);
        named.tokens().revoke(CI, Precondition.NONE);
        assertUnauthenticated(named.tokens()::list);
    }

    @Test
    default void not_even_the_operator_edits_or_deletes_itself() {
        ActorAccess operator = operator();
        assertThatThrownBy(() -> operator.tokens().edit(TokenName.OPERATOR, describedAs("x"), Precondition.NONE))
                .isInstanceOf(TokenFailure.OperatorCannotBeEdited.class)
                .hasMessage("cannot edit operator token");
        assertThatThrownBy(() -> operator.tokens().revoke(TokenName.OPERATOR, Precondition.NONE))
                .isInstanceOf(TokenFailure.OperatorCannotBeDeleted.class)
                .hasMessage("cannot delete operator token");
    }

    @Test
    default void an_edit_changes_only_the_given_properties() {
        IssuedToken first = bootstrap();
        ActorAccess operator = holding(first.secret());
        IssuedToken issued =
                operator.tokens().createNamed(CI, new Lifetime.Span(Duration.ofDays(1)), new Description("before"));
        clock().advance(Duration.ofHours(1));

        Token described = operator.tokens().edit(CI, describedAs("after"), Precondition.NONE);
        assertThat(described.description()).isEqualTo(new Description("after"));
        assertThat(described.name()).isEqualTo(CI);
        assertThat(described.expiry()).isEqualTo(issued.expiry());
        assertThat(described.createdAt()).isEqualTo(issued.createdAt());
        assertThat(described.lastChange()).contains(new Token.LastChange(now(), Optional.of(first.id())));
        assertThat(described.version().number()).isEqualTo(2);

        TokenName renamed = new TokenName("renamed");
        Token again = operator.tokens()
                .edit(
                        CI,
                        new TokenEdit(Optional.of(renamed), Optional.empty(), Optional.of(Lifetime.UNLIMITED)),
                        Precondition.NONE);
        assertThat(again.name()).isEqualTo(renamed);
        assertThat(again.description()).isEqualTo(new Description("after"));
        assertThat(again.expiry()).isEqualTo(Expiry.NEVER);
        assertThat(operator.tokens().find(renamed)).isEqualTo(again);
        assertThatThrownBy(() -> operator.tokens().find(CI)).isInstanceOf(TokenFailure.NotFound.class);
        assertThat(holding(issued.secret()).tokens().list()).hasSize(2);
    }

    @Test
    default void a_description_can_be_taken_away() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(CI, Lifetime.UNLIMITED, new Description("before"));
        assertThat(operator.tokens()
                        .edit(CI, describedAs(""), Precondition.NONE)
                        .description())
                .isEqualTo(Description.NONE);
    }

    @Test
    default void an_expiry_is_counted_from_the_edit_and_revives_an_expired_token() {
        ActorAccess operator = operator();
        IssuedToken issued =
                operator.tokens().createNamed(CI, new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE);
        clock().advance(Duration.ofDays(1));
        assertUnauthenticated(() -> holding(issued.secret()).tokens().list());
        Token extended = operator.tokens().edit(CI, lasting(new Lifetime.Span(Duration.ofHours(2))), Precondition.NONE);
        assertThat(extended.expiry()).isEqualTo(Expiry.at(now().plus(Duration.ofHours(2))));
        assertThat(holding(issued.secret()).tokens().list()).hasSize(2);
        Instant end = now().plus(Duration.ofDays(3));
        assertThat(operator.tokens()
                        .edit(CI, lasting(new Lifetime.Until(end)), Precondition.NONE)
                        .expiry())
                .isEqualTo(Expiry.at(end));
    }

    @Test
    default void an_expiry_in_the_past_is_refused() {
        ActorAccess operator = operator();
        create(operator, CI);
        assertThatThrownBy(() -> operator.tokens().edit(CI, lasting(new Lifetime.Until(now())), Precondition.NONE))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("expiry must be at least 1 second and at most 100 years ahead");
    }

    @Test
    default void a_token_cannot_take_the_name_of_another() {
        ActorAccess operator = operator();
        create(operator, CI);
        create(operator, new TokenName("other"));
        var rename = new TokenEdit(Optional.of(new TokenName("other")), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> operator.tokens().edit(CI, rename, Precondition.NONE))
                .isInstanceOf(TokenFailure.NameTaken.class)
                .hasMessage("token name already exists, other");
        var same = new TokenEdit(Optional.of(CI), Optional.empty(), Optional.empty());
        assertThat(operator.tokens().edit(CI, same, Precondition.NONE).name()).isEqualTo(CI);
    }

    @Test
    default void a_missing_token_is_not_found() {
        ActorAccess operator = operator();
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> operator.tokens().find(CI),
                () -> operator.tokens().edit(CI, describedAs("x"), Precondition.NONE),
                () -> operator.tokens().revoke(CI, Precondition.NONE))) {
            assertThatThrownBy(act)
                    .isInstanceOf(TokenFailure.NotFound.class)
                    .hasMessage("the requested resource was not found: ci");
        }
    }

    @Test
    default void a_leaked_secret_can_be_burned() {
        ActorAccess operator = operator();
        IssuedToken leaked = create(operator, CI);
        operator.tokens().burn(leaked.secret());
        operator.tokens().burn(leaked.secret());
        assertUnauthenticated(() -> holding(leaked.secret()).tokens().list());
        assertThat(operator.tokens().list()).hasSize(1);
    }

    @Test
    default void a_change_of_an_outdated_version_is_refused() {
        ActorAccess operator = operator();
        create(operator, CI);
        var seen = new Precondition(List.of(operator.tokens().find(CI).version()));
        Token changed = operator.tokens().edit(CI, describedAs("theirs"), seen);
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> operator.tokens().edit(CI, describedAs("mine"), seen),
                () -> operator.tokens().revoke(CI, seen))) {
            assertThatThrownBy(act)
                    .isInstanceOf(TokenFailure.VersionMismatch.class)
                    .hasMessage("token was changed since it was read: ci");
        }
        assertThat(operator.tokens().find(CI)).isEqualTo(changed);
        operator.tokens().revoke(CI, new Precondition(List.of(changed.version())));
        assertThat(operator.tokens().list()).hasSize(1);
    }

    private static TokenEdit describedAs(String description) {
        return new TokenEdit(Optional.empty(), Optional.of(new Description(description)), Optional.empty());
    }

    private static TokenEdit lasting(Lifetime lifetime) {
        return new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime));
    }

    @Test
    default void tokens_are_listed_through_sql_in_every_format() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(CI, Lifetime.UNLIMITED, new Description("for \"ü\", and more"));
        assertThat(operator.queries()
                        .query(SystemQuery.ALL_TOKENS, TableFormat.CSV)
                        .whole())
                .startsWith("token_id,name,hash,created_at,description,created_by_token_id,updated_at,"
                        + "updated_by_token_id,expiry,permissions\n0,_admin,")
                .contains(",\"for \"\"ü\"\", and more\",0,,,,*:*:*\n");
        assertThat(operator.queries()
                        .query(SystemQuery.ALL_TOKENS, TableFormat.JSON)
                        .whole())
                .startsWith("[{\"token_id\":0,")
                .contains("\"description\":\"for \\\"ü\\\", and more\",\"created_by_token_id\":0,\"perm")
                .endsWith("\"permissions\":\"*:*:*\"}]");
        assertThat(operator.queries()
                        .query(SystemQuery.ALL_TOKENS, TableFormat.JSONL)
                        .whole()
                        .lines())
                .hasSize(2);
        assertThat(operator.queries()
                        .query(SystemQuery.ALL_TOKENS, TableFormat.PRETTY)
                        .whole()
                        .lines())
                .hasSize(6);
    }

    @Test
    default void a_query_returns_the_matching_tokens() {
        assertThat(operator()
                        .queries()
                        .query(new SystemQuery(SystemQuery.DATABASE, InMemorySystemTables.STATEMENT), TableFormat.JSON)
                        .whole())
                .startsWith("[{\"token_id\":0,\"name\":\"_admin\",");
    }

    @Test
    default void a_query_needs_a_token_and_reads_only_tokens() {
        IssuedToken operator = bootstrap();
        assertThatThrownBy(() -> holding(operator.secret())
                        .queries()
                        .query(new SystemQuery("my \"db\"", SystemQuery.ALL_TOKENS.sql()), TableFormat.JSON))
                .isInstanceOf(TokenFailure.NoSuchDatabase.class)
                .hasMessage("query error: database not found: my \"db\"");
        assertThatThrownBy(() -> holding(operator.secret())
                        .queries()
                        .query(new SystemQuery(SystemQuery.DATABASE, "nonsense"), TableFormat.JSON))
                .isInstanceOf(TokenFailure.BadQuery.class)
                .hasMessageContaining("nonsense");
        assertUnauthenticated(() -> newcomer().queries().query(SystemQuery.ALL_TOKENS, TableFormat.JSON));
        assertUnauthenticated(() -> holding(TokenSecret.presented("apiv3_unknown"))
                .queries()
                .query(SystemQuery.ALL_TOKENS, TableFormat.JSON));
    }
}
