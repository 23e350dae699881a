package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holders of resource tokens can do and see, of every {@link ActorAccess}. */
public interface ResourceTokenContract {
    /** The access of the holder of a secret to an authority that has no tokens when a test begins. */
    ActorAccess holding(TokenSecret secret);

    /** The access of a user without a token on the machine of the authority. */
    ActorAccess newcomer();

    private static TokenSecret create(ActorAccess by, String name, String... permissions) {
        return by.tokens().create(resource(name, permissions)).secret();
    }

    private static NewToken resource(String name, String... permissions) {
        return new NewToken(
                new TokenName(name),
                Lifetime.UNLIMITED,
                Description.NONE,
                Attributes.ADMIN.with(Permissions.parse(List.of(permissions))));
    }

    /** An operator, an admin, and the resource tokens ci-1, ci-2 and web. */
    private ActorAccess house() {
        ActorAccess operator = holding(newcomer().tokens().createOperator().secret());
        operator.tokens().createNamed(new TokenName("ci-root"), Lifetime.UNLIMITED, Description.NONE);
        for (String name : List.of("ci-1", "ci-2", "web")) {
            create(operator, name, "grafana:prod:read");
        }
        return operator;
    }

    private static List<String> names(List<Token> tokens) {
        return tokens.stream().map(token -> token.name().value()).toList();
    }

    private static void assertDenied(Runnable act, String permission) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        TokenFailure.PermissionMissing.class,
                        failure -> assertThat(failure.permission()).isEqualTo(permission));
    }

    @Test
    default void all_attributes_are_kept_and_can_be_edited() {
        ActorAccess operator = house();
        Attributes all = new Attributes(
                Permissions.parse(List.of("s3:a%2Cb:*", "db:x,y:read")),
                Origins.parse(List.of("10.0.0.0/8", "2001:db8::/32")),
                NotBefore.of(Instant.parse("2020-01-01T00:00:00Z")),
                new Owner("Zoë"),
                Labels.parse(List.of("env=prod", "team=a=b")),
                Routes.parse(List.of("GET,POST a.test/x/**", "* *.b.test/")));
        TokenName name = new TokenName("all");
        operator.tokens().create(new NewToken(name, Lifetime.UNLIMITED, new Description("d"), all));
        assertThat(operator.tokens().find(name).attributes()).isEqualTo(all);
        assertThat(operator.tokens().find(name).kind()).isEqualTo(TokenKind.RESOURCE);
        assertThat(operator.tokens().list())
                .anyMatch(token -> token.attributes().equals(all));

        var others = new AttributesEdit(
                Optional.of(Permissions.NONE),
                Optional.of(Origins.ANYWHERE),
                Optional.of(NotBefore.NONE),
                Optional.of(Owner.NONE),
                Optional.of(Labels.NONE),
                Optional.of(Routes.ANY));
        var edit = new TokenEdit(Optional.empty(), Optional.empty(), Optional.empty(), others);
        assertThat(operator.tokens().edit(name, edit, Precondition.NONE).attributes())
                .isEqualTo(Attributes.ADMIN.with(Permissions.NONE));
        assertThat(operator.ledger().all(LedgerQuery.ALL))
                .anySatisfy(entry ->
                        assertThat(entry.before().map(Token::attributes)).contains(all));
    }

    @Test
    default void a_token_with_routes_opens_services_only() {
        ActorAccess operator = house();
        for (Rights rights : List.of(Rights.ALL, Permissions.parse(List.of("tokens:*:*")))) {
            TokenName name = new TokenName("routed " + rights.texts().size());
            IssuedToken token = operator.tokens()
                    .create(new NewToken(name, Lifetime.UNLIMITED, Description.NONE, Attributes.ADMIN.with(rights)));
            ActorAccess holder = holding(token.secret());
            holder.tokens().list();
            var edit = new TokenEdit(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new AttributesEdit(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Routes.parse(List.of("* a.test/**")))));
            operator.tokens().edit(name, edit, Precondition.NONE);
            assertThatThrownBy(() -> holder.tokens().list()).isInstanceOf(TokenFailure.Unauthenticated.class);
            assertThatThrownBy(
                            () -> holder.tokens().rotate(name, GracePeriod.NONE, Optional.empty(), Precondition.NONE))
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
            operator.tokens().revoke(name, Precondition.NONE);
        }
    }

    @Test
    default void an_admin_token_becomes_a_resource_token_with_the_same_secret() {
        ActorAccess operator = house();
        IssuedToken admin = operator.tokens().createNamed(new TokenName("was"), Lifetime.UNLIMITED, Description.NONE);
        var edit = new TokenEdit(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AttributesEdit(
                        Optional.of(Permissions.parse(List.of("tokens:was:read"))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        operator.tokens().edit(admin.name(), edit, Precondition.NONE);
        assertThat(names(holding(admin.secret()).tokens().list())).containsExactly("was");
    }

    @Test
    default void a_token_without_permissions_can_do_nothing_but_rotate_itself() {
        ActorAccess nobody = holding(create(house(), "nobody"));
        TokenName web = new TokenName("web");
        assertDenied(() -> nobody.tokens().list(), "tokens:*:read");
        assertDenied(() -> nobody.tokens().find(web), "tokens:web:read");
        assertDenied(() -> nobody.tokens().revoke(web, Precondition.NONE), "tokens:web:delete");
        assertDenied(() -> nobody.tokens().disable(web, Reason.NONE, Precondition.NONE), "tokens:web:disable");
        assertDenied(() -> nobody.tokens().enable(web, Precondition.NONE), "tokens:web:disable");
        assertDenied(() -> nobody.tokens().finishRotation(web, Precondition.NONE), "tokens:web:rotate");
        assertDenied(() -> nobody.tokens().purge(Duration.ZERO), "tokens:*:delete");
        assertDenied(() -> create(nobody, "new"), "tokens:new:create");
        assertDenied(() -> nobody.ledger().all(LedgerQuery.ALL).forEach(_ -> {}), "ledger:*:read");
        assertDenied(() -> nobody.transfer().importTokens(List.of(), DryRun.YES), "tokens:*:create");
        assertDenied(() -> nobody.transfer().apply(List.of(), Prune.NO, DryRun.YES), "tokens:*:create");
        assertThatThrownBy(() -> nobody.transfer().checkMayBackUp()).isInstanceOf(TokenFailure.PermissionMissing.class);
        assertThatThrownBy(() -> nobody.tokens().regenerateOperator()).isInstanceOf(TokenFailure.Forbidden.class);

        RotatedToken rotated =
                nobody.tokens().rotate(new TokenName("nobody"), GracePeriod.NONE, Optional.empty(), Precondition.NONE);
        assertThatThrownBy(() -> nobody.tokens().list()).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertDenied(() -> holding(rotated.secret()).tokens().list(), "tokens:*:read");
    }

    @Test
    default void a_list_shows_the_resource_tokens_that_match_without_their_digests() {
        ActorAccess operator = house();
        ActorAccess reader = holding(create(operator, "reader", "tokens:ci-*:read"));
        assertThat(names(reader.tokens().list())).containsExactly("ci-1", "ci-2");
        assertThat(reader.tokens().list()).allMatch(token -> token.digest().isHidden());
        assertThat(reader.tokens().find(new TokenName("ci-1")).digest().isHidden())
                .isTrue();
        assertThat(operator.tokens().list()).noneMatch(token -> token.digest().isHidden());
        // An admin does not exist for it, and what does not match is refused whether or not it exists.
        assertThatThrownBy(() -> reader.tokens().find(new TokenName("ci-root")))
                .isInstanceOf(TokenFailure.NotFound.class);
        assertThatThrownBy(() -> reader.tokens().find(new TokenName("ci-none")))
                .isInstanceOf(TokenFailure.NotFound.class);
        for (String name : List.of("web", "none", "_admin")) {
            assertDenied(() -> reader.tokens().find(new TokenName(name)), "tokens:" + name + ":read");
        }
    }

    @Test
    default void a_resource_token_never_becomes_an_admin_token() {
        ActorAccess operator = house();
        var edit = new TokenEdit(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AttributesEdit(
                        Optional.of(Rights.ALL),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThatThrownBy(() -> operator.tokens().edit(new TokenName("web"), edit, Precondition.NONE))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("a resource token cannot become an admin token: create an admin token instead");
        var declared = new DeclaredToken(
                new TokenName("web"), Optional.empty(), Optional.empty(), Optional.empty(), edit.attributes());
        for (DryRun run : DryRun.values()) {
            assertThatThrownBy(() -> operator.transfer().apply(List.of(declared), Prune.NO, run))
                    .isInstanceOf(ChangeRefused.class);
        }
        assertThat(operator.tokens().find(new TokenName("web")).kind()).isEqualTo(TokenKind.RESOURCE);
    }

    @Test
    default void what_a_token_cannot_give_does_not_tell_which_names_are_taken() {
        ActorAccess maker = holding(create(house(), "maker", "tokens:*:create"));
        for (String name : List.of("ci-root", "ci-1", "free")) {
            assertThatThrownBy(() -> create(maker, name, "grafana:prod:read"))
                    .as(name)
                    .isInstanceOf(TokenFailure.NotContained.class);
        }
        assertThatThrownBy(() -> create(maker, "ci-1")).isInstanceOf(TokenFailure.NameTaken.class);
    }

    @Test
    default void a_declaration_that_only_edits_needs_no_permission_to_create() {
        ActorAccess editor = holding(create(house(), "editor", "tokens:ci-*:read,update", "grafana:prod:read"));
        var edit = new DeclaredToken(
                new TokenName("ci-1"), Optional.of(new Description("declared")), Optional.empty(), Optional.empty());
        editor.transfer().apply(List.of(edit), Prune.NO, DryRun.NO);
        assertThat(editor.tokens().find(new TokenName("ci-1")).description().text())
                .isEqualTo("declared");
    }

    @Test
    default void a_token_is_valid_before_it_expires() {
        ActorAccess operator = house();
        Instant day = clock().instant().plus(Duration.ofDays(1));
        Attributes late = new Attributes(
                Permissions.NONE, Origins.ANYWHERE, NotBefore.of(day), Owner.NONE, Labels.NONE, Routes.ANY);
        var token = new NewToken(new TokenName("late"), new Lifetime.Until(day), Description.NONE, late);
        assertThatThrownBy(() -> operator.tokens().create(token))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("the token must be valid before it expires: not_before must be earlier than expiry");
    }

    @Test
    default void admin_tokens_are_out_of_reach_whatever_the_names_say() {
        ActorAccess all = holding(create(house(), "all", "tokens:*:*", "grafana:*:*", "ledger:*:read"));
        TokenName root = new TokenName("ci-root");
        var edit = new TokenEdit(Optional.empty(), Optional.of(new Description("mine")), Optional.empty());
        assertThat(names(all.tokens().list())).containsExactly("ci-1", "ci-2", "web", "all");
        for (Runnable act : List.<Runnable>of(
                () -> all.tokens().find(root),
                () -> all.tokens().edit(root, edit, Precondition.NONE),
                () -> all.tokens().revoke(root, Precondition.NONE),
                () -> all.tokens().disable(root, Reason.NONE, Precondition.NONE),
                () -> all.tokens().rotate(root, GracePeriod.NONE, Optional.empty(), Precondition.NONE))) {
            assertThatThrownBy(act::run).isInstanceOf(TokenFailure.NotFound.class);
        }
        for (Runnable act : List.<Runnable>of(
                () -> all.tokens().edit(TokenName.OPERATOR, edit, Precondition.NONE),
                () -> all.tokens().revoke(TokenName.OPERATOR, Precondition.NONE),
                () -> all.tokens().rotate(TokenName.OPERATOR, GracePeriod.NONE, Optional.empty(), Precondition.NONE),
                () -> all.tokens().regenerateOperator())) {
            assertThatThrownBy(act::run).isInstanceOf(TokenFailure.Forbidden.class);
        }
        // InfluxDB's wire has one sentence for all refusals.
        assertThatThrownBy(() -> all.tokens().createNamed(new TokenName("up"), Lifetime.UNLIMITED, Description.NONE))
                .isInstanceOfAny(TokenFailure.NotContained.class, TokenFailure.Forbidden.class);
    }

    @Test
    default void a_token_gives_only_what_it_has_itself() {
        ActorAccess operator = house();
        ActorAccess maker = holding(create(operator, "maker", "tokens:ci-*:create,update,rotate", "grafana:prod:read"));
        create(maker, "ci-3", "grafana:prod:read");
        assertDenied(() -> create(maker, "web-2"), "tokens:web-2:create");
        for (String more : List.of("grafana:prod:write", "grafana:*:read", "tokens:*:create", "tokens:ci-3:delete")) {
            assertThatThrownBy(() -> create(maker, "ci-4", more))
                    .as(more)
                    .isInstanceOf(TokenFailure.NotContained.class)
                    .hasMessage(
                            "a resource token can give only what it has itself: not all of the permissions " + more);
        }
        create(operator, "ci-strong", "backup:*:read");
        for (Runnable act : List.<Runnable>of(
                () -> maker.tokens()
                        .rotate(new TokenName("ci-strong"), GracePeriod.NONE, Optional.empty(), Precondition.NONE),
                () -> maker.tokens()
                        .edit(
                                new TokenName("ci-strong"),
                                new TokenEdit(Optional.of(new TokenName("ci-5")), Optional.empty(), Optional.empty()),
                                Precondition.NONE))) {
            assertThatThrownBy(act::run)
                    .isInstanceOf(TokenFailure.NotContained.class)
                    .hasMessage("a resource token can change only tokens that can do nothing that it cannot do itself");
        }
        // Changed tokens show no digests either.
        RotatedToken rotated =
                maker.tokens().rotate(new TokenName("ci-3"), GracePeriod.NONE, Optional.empty(), Precondition.NONE);
        assertThat(rotated.token().digest().isHidden()).isTrue();
        assertThat(rotated.token().secrets().former())
                .allMatch(former -> former.digest().isHidden());
    }

    @Test
    default void the_ledger_shows_what_concerns_matching_tokens_and_names_no_admin() {
        ActorAccess operator = house();
        ActorAccess auditor = holding(create(operator, "auditor", "ledger:ci-*:read"));
        operator.tokens()
                .edit(
                        new TokenName("ci-2"),
                        new TokenEdit(Optional.of(new TokenName("hidden")), Optional.empty(), Optional.empty()),
                        Precondition.NONE);
        List<LedgerRecord> entries = new ArrayList<>();
        auditor.ledger().all(LedgerQuery.ALL).forEach(entries::add);
        assertThat(entries.stream().map(entry -> entry.token().name().value())).containsExactly("ci-1", "ci-2");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.by().name()).isEmpty();
            assertThat(entry.by().digest()).isEmpty();
            assertThat(entry.token().digest().isHidden()).isTrue();
        });
    }

    @Test
    default void the_ledger_names_the_reader_itself_as_the_actor() {
        ActorAccess maker = holding(create(house(), "maker", "tokens:ci-*:create", "ledger:ci-*:read"));
        create(maker, "ci-3");
        List<LedgerRecord> entries = new ArrayList<>();
        maker.ledger().all(LedgerQuery.ALL).forEach(entries::add);
        assertThat(entries.getLast().by().name()).contains("maker");
        assertThat(entries.getFirst().by().name()).isEmpty();
    }

    @Test
    default void a_purge_deletes_what_the_token_may_delete() {
        ActorAccess operator = house();
        var edit = new TokenEdit(
                Optional.empty(), Optional.empty(), Optional.of(new Lifetime.Span(Duration.ofSeconds(1))));
        for (String name : List.of("ci-1", "web", "ci-root")) {
            operator.tokens().edit(new TokenName(name), edit, Precondition.NONE);
        }
        ActorAccess cleaner = holding(create(operator, "cleaner", "tokens:ci-*:delete"));
        clock().advance(Duration.ofSeconds(2));
        assertThat(cleaner.tokens().purge(Duration.ZERO).tokens().stream()
                        .map(token -> token.name().value()))
                .containsExactly("ci-1");
        assertThat(names(operator.tokens().list())).contains("web", "ci-root").doesNotContain("ci-1");
    }

    /** The authority's clock. */
    ManualClock clock();
}
