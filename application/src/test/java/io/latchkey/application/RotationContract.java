package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NamePattern;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link TokenAdministration} does between the issue of a token and its end. */
public interface RotationContract {
    TokenName SVC = new TokenName("svc/a");
    GracePeriod HOUR = new GracePeriod(Duration.ofHours(1));

    /** The access of the holder of a secret to an authority that has no tokens when a test begins. */
    ActorAccess holding(TokenSecret secret);

    /** The access of a user without a token on the machine of the authority. */
    ActorAccess newcomer();

    /** The authority's clock. */
    ManualClock clock();

    private ActorAccess operator() {
        return holding(newcomer().tokens().createOperator().secret());
    }

    private static IssuedToken create(ActorAccess administration) {
        return administration.tokens().createNamed(SVC, Lifetime.UNLIMITED, Description.NONE);
    }

    private static RotatedToken rotate(ActorAccess administration, GracePeriod grace) {
        return administration.tokens().rotate(SVC, grace, Optional.empty(), Precondition.NONE);
    }

    private void assertLive(TokenSecret secret) {
        assertThat(holding(secret).tokens().list()).isNotEmpty();
    }

    private void assertDead(TokenSecret secret) {
        assertThatThrownBy(() -> holding(secret).tokens().list()).isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    default void uses_are_listed_for_each_secret_of_a_token() {
        ActorAccess operator = operator();
        TokenSecret first = create(operator).secret();
        TokenId id = operator.tokens().find(SVC).id();
        assertThat(operator.tokens().uses(SVC)).isEmpty();
        assertLive(first);
        Instant before = clock().instant();
        clock().advance(Duration.ofMinutes(1));
        assertLive(rotate(operator, HOUR).secret());
        assertThat(operator.tokens().uses(SVC))
                .extracting(TokenUse::token, TokenUse::generation, TokenUse::last)
                .containsExactly(tuple(id, 1, before), tuple(id, 2, clock().instant()));
        assertThat(operator.tokens().uses())
                .containsAll(operator.tokens().uses(SVC))
                .extracting(TokenUse::token)
                .contains(TokenId.FIRST);
        assertThatThrownBy(() -> operator.tokens().uses(new TokenName("other")))
                .isInstanceOf(TokenFailure.NotFound.class);
        operator.tokens().revoke(SVC, Precondition.NONE);
        assertThat(operator.tokens().uses()).extracting(TokenUse::token).containsOnly(TokenId.FIRST);
    }

    @Test
    default void the_uses_of_a_token_are_shown_by_hour_and_day() {
        ActorAccess operator = operator();
        TokenSecret secret = create(operator).secret();
        assertThat(operator.tokens().useHistory(SVC).days()).isEmpty();
        assertLive(secret);
        Instant before = clock().instant();
        clock().advance(Duration.ofHours(24));
        assertLive(secret);
        assertLive(secret);
        operator.tokens().disable(SVC, Reason.NONE, Precondition.NONE);
        UseHistory history = operator.tokens().useHistory(SVC);
        assertThat(history.asOf()).isEqualTo(clock().instant());
        assertThat(history.days())
                .containsExactly(uses(UsePeriod.DAY, before, 1), uses(UsePeriod.DAY, clock().instant(), 2));
        assertThat(history.hours())
                .containsExactly(uses(UsePeriod.HOUR, before, 1), uses(UsePeriod.HOUR, clock().instant(), 2));
        assertThat(history.everyDay()).hasSize(90).endsWith(history.days().toArray(PeriodUse[]::new));
        assertThat(history.everyHour()).hasSize(48).contains(history.hours().getFirst());
        assertThatThrownBy(() -> operator.tokens().useHistory(new TokenName("other")))
                .isInstanceOf(TokenFailure.NotFound.class);
    }

    private static PeriodUse uses(UsePeriod period, Instant at, long count) {
        return new PeriodUse(period.start(at), UseCounts.accepted(count));
    }

    @Test
    default void a_list_has_the_uses_on_the_last_days_if_asked() {
        ActorAccess operator = operator();
        TokenSecret secret = create(operator).secret();
        operator.tokens().createNamed(new TokenName("idle"), Lifetime.UNLIMITED, Description.NONE);
        assertLive(secret);
        clock().advance(Duration.ofDays(2));
        assertLive(secret);
        PeriodUse today = uses(UsePeriod.DAY, clock().instant(), 1);
        PeriodUse earlier = uses(UsePeriod.DAY, clock().instant().minus(Duration.ofDays(2)), 1);
        TokenQuery all = TokenQuery.ALL;
        assertThat(daysOf(operator, all, SVC)).isEmpty();
        assertThat(daysOf(operator, all.withDays(2), SVC)).contains(List.of(today));
        assertThat(daysOf(operator, all.withDays(3), SVC)).contains(List.of(earlier, today));
        assertThat(daysOf(operator, all.withDays(90), new TokenName("idle"))).contains(List.of());
        for (int days : new int[] {-1, 91}) {
            assertThatThrownBy(() -> all.withDays(days))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("expected a number from 0 to 90");
        }
    }

    private static Optional<List<PeriodUse>> daysOf(ActorAccess access, TokenQuery query, TokenName name) {
        for (ListedToken listed : access.tokens().all(query)) {
            if (listed.token().name().equals(name)) {
                return listed.days();
            }
        }
        throw new AssertionError("no token " + name);
    }

    @Test
    default void tokens_are_listed_page_by_page() {
        ActorAccess operator = operator();
        for (int i = 1; i <= 4; i++) {
            operator.tokens().createNamed(new TokenName("n" + i), Lifetime.UNLIMITED, Description.NONE);
        }
        TokenQuery two = new TokenQuery(Optional.empty(), 2, Optional.empty(), TokenFilter.EVERY);
        TokenPage first = operator.tokens().page(two);
        assertThat(names(first)).containsExactly("_admin", "n1");
        assertThat(first.next()).contains(first.tokens().getLast().token().id());
        TokenPage second = operator.tokens().page(two.after(first.next().orElseThrow()));
        assertThat(names(second)).containsExactly("n2", "n3");
        operator.tokens().revoke(new TokenName("n3"), Precondition.NONE);
        TokenPage third = operator.tokens().page(two.after(second.next().orElseThrow()));
        assertThat(names(third)).containsExactly("n4");
        assertThat(third.next()).isEmpty();
        assertThat(operator.tokens().page(two.after(new TokenId(99))))
                .isEqualTo(new TokenPage(List.of(), Optional.empty()));
        assertThat(operator.tokens().all(two))
                .extracting(ListedToken::token)
                .isEqualTo(operator.tokens().list());
        assertThatThrownBy(() -> newcomer().tokens().page(two)).isInstanceOf(TokenFailure.Unauthenticated.class);
        for (int limit : new int[] {0, TokenQuery.MOST + 1}) {
            assertThatThrownBy(() -> new TokenQuery(Optional.empty(), limit, Optional.empty(), TokenFilter.EVERY))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("expected a number from 1 to 1000");
        }
    }

    @Test
    default void a_list_contains_the_matching_tokens() {
        ActorAccess operator = operator();
        TokenSecret used = create(operator).secret();
        operator.tokens().createNamed(new TokenName("ci-1"), new Lifetime.Span(Duration.ofDays(5)), Description.NONE);
        operator.tokens().createNamed(new TokenName("ci-2"), new Lifetime.Span(Duration.ofDays(20)), Description.NONE);
        operator.tokens().createNamed(new TokenName("off"), Lifetime.UNLIMITED, Description.NONE);
        operator.tokens().disable(new TokenName("off"), Reason.NONE, Precondition.NONE);
        operator.tokens().create(later(clock().instant().plus(Duration.ofDays(11))));
        clock().advance(Duration.ofDays(10));
        assertLive(used);
        assertThat(asked(operator, "*", TokenFilter.EVERY))
                .containsExactly("_admin", "svc/a", "ci-1", "ci-2", "off", "later");
        assertThat(asked(operator, "ci-*", TokenFilter.EVERY)).containsExactly("ci-1", "ci-2");
        assertThat(asked(operator, "nobody", TokenFilter.EVERY)).isEmpty();
        for (TokenState state : TokenState.values()) {
            assertThat(asked(operator, "*", new TokenFilter(Optional.empty(), Optional.empty(), Optional.of(state))))
                    .isEqualTo(
                            switch (state) {
                                case ACTIVE -> List.of("_admin", "svc/a", "ci-2");
                                case PENDING -> List.of("later");
                                case EXPIRED -> List.of("ci-1");
                                case DISABLED -> List.of("off");
                            });
        }
        Optional<Duration> ten = Optional.of(Duration.ofDays(10));
        assertThat(asked(operator, "*", new TokenFilter(ten, Optional.empty(), Optional.empty())))
                .contains("ci-1", "ci-2", "off")
                .doesNotContain("svc/a");
        assertThat(asked(operator, "*", new TokenFilter(Optional.empty(), ten, Optional.empty())))
                .containsExactly("ci-2");
        assertThat(asked(operator, "*1", new TokenFilter(Optional.empty(), ten, Optional.empty())))
                .isEmpty();
    }

    private static NewToken later(Instant start) {
        return new NewToken(
                new TokenName("later"),
                Lifetime.UNLIMITED,
                Description.NONE,
                new Attributes(
                        Permissions.parse(List.of("db:metrics:read")),
                        Origins.ANYWHERE,
                        NotBefore.of(start),
                        new Owner("the build team & co"),
                        Labels.parse(List.of("env=prod", "team=a=b")),
                        Routes.ANY));
    }

    @Test
    default void a_list_contains_the_tokens_of_a_kind_of_an_owner_and_with_labels() {
        ActorAccess operator = operator();
        create(operator);
        operator.tokens().create(later(clock().instant()));
        assertThat(asked(operator, TokenTraits.EVERY)).containsExactly("_admin", "svc/a", "later");
        for (TokenKind kind : TokenKind.values()) {
            assertThat(asked(operator, new TokenTraits(Optional.of(kind), Optional.empty(), List.of())))
                    .containsExactly(
                            switch (kind) {
                                case OPERATOR -> "_admin";
                                case ADMIN -> "svc/a";
                                case RESOURCE -> "later";
                            });
        }
        assertThat(asked(operator, ownedBy("the build team & co"))).containsExactly("later");
        assertThat(asked(operator, ownedBy("The build team & co"))).isEmpty();
        assertThat(asked(operator, ownedBy(""))).containsExactly("_admin", "svc/a");
        assertThat(asked(operator, labelled("env"))).containsExactly("later");
        assertThat(asked(operator, labelled("env=prod", "team=a=b"))).containsExactly("later");
        assertThat(asked(operator, labelled("env=prod", "team=a"))).isEmpty();
        assertThat(asked(operator, labelled("zone"))).isEmpty();
    }

    private static TokenTraits ownedBy(String owner) {
        return new TokenTraits(Optional.empty(), Optional.of(new Owner(owner)), List.of());
    }

    private static TokenTraits labelled(String... labels) {
        return new TokenTraits(
                Optional.empty(),
                Optional.empty(),
                Stream.of(labels).map(LabelMatch::parse).toList());
    }

    private static List<String> asked(ActorAccess administration, TokenTraits traits) {
        return asked(
                administration, "*", new TokenFilter(Optional.empty(), Optional.empty(), Optional.empty(), traits));
    }

    private static List<String> asked(ActorAccess administration, String name, TokenFilter review) {
        List<String> names = new ArrayList<>();
        TokenQuery query = new TokenQuery(Optional.empty(), 1, Optional.of(NamePattern.parse(name)), review);
        administration
                .tokens()
                .all(query)
                .forEach(listed -> names.add(listed.token().name().value()));
        return names;
    }

    private static List<String> names(TokenPage page) {
        return page.tokens().stream()
                .map(listed -> listed.token().name().value())
                .toList();
    }

    @Test
    default void a_list_contains_all_details_of_each_token() {
        ActorAccess operator = operator();
        operator.tokens().createNamed(SVC, new Lifetime.Span(Duration.ofDays(20)), new Description("for the build"));
        operator.tokens().disable(SVC, Reason.NONE, Precondition.NONE);
        Token svc = operator.tokens().find(SVC);
        List<TokenSummary> listed = operator.tokens().summaries();
        assertThat(listed).extracting(TokenSummary::name).containsExactly("_admin", SVC.value());
        assertThat(listed.getLast())
                .isEqualTo(new TokenSummary(
                        SVC.value(),
                        svc.expiry(),
                        svc.disablement(),
                        svc.createdAt(),
                        "for the build",
                        Optional.of(List.of())));
        assertThat(listed.getFirst().use()).map(TokenUse::last).contains(clock().instant());
    }

    @Test
    default void a_rotated_token_has_two_secrets_for_a_while() {
        ActorAccess operator = operator();
        TokenSecret first = create(operator).secret();
        clock().advance(Duration.ofMinutes(1));
        Instant rotated = clock().instant();
        RotatedToken rotation = rotate(operator, HOUR);
        Token token = rotation.token();
        assertThat(rotation.secret().digest()).isEqualTo(token.digest());
        assertThat(rotation.secret().reveal()).matches("apiv3_[A-Za-z0-9_-]{86}");
        assertThat(token.name()).isEqualTo(SVC);
        assertThat(token.version().number()).isEqualTo(2);
        assertThat(token.lastChange()).contains(new Token.LastChange(rotated, Optional.of(TokenId.FIRST)));
        assertThat(token.secrets().generation()).isEqualTo(2);
        assertThat(token.secrets().former())
                .containsExactly(new FormerSecret(
                        1, first.digest(), Optional.of(rotated.plus(Duration.ofHours(1))), Optional.empty()));
        assertThat(operator.tokens().find(SVC)).isEqualTo(token);
        assertLive(first);
        assertLive(rotation.secret());
        clock().advance(Duration.ofHours(1));
        assertDead(first);
        assertLive(rotation.secret());
    }

    @Test
    default void without_a_grace_the_secret_before_dies_at_once() {
        ActorAccess operator = operator();
        TokenSecret first = create(operator).secret();
        RotatedToken rotation = rotate(operator, GracePeriod.NONE);
        assertThat(rotation.token().previousSecretUntil(clock().instant())).isEmpty();
        assertDead(first);
        assertLive(rotation.secret());
    }

    @Test
    default void a_rotation_is_finished_or_undone_only_at_its_current_version() {
        ActorAccess operator = operator();
        TokenSecret first = create(operator).secret();
        Token unseen = operator.tokens().find(SVC);
        RotatedToken second = rotate(operator, HOUR);
        var seen = new Precondition(List.of(second.token().version()));
        var stale = new Precondition(List.of(unseen.version()));
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> operator.tokens().rotate(SVC, HOUR, Optional.empty(), stale),
                () -> operator.tokens().finishRotation(SVC, stale),
                () -> operator.tokens().undoRotation(SVC, stale),
                () -> operator.tokens().disable(SVC, Reason.NONE, stale),
                () -> operator.tokens().enable(SVC, stale))) {
            assertThatThrownBy(act).isInstanceOf(TokenFailure.VersionMismatch.class);
        }
        assertThatThrownBy(() -> operator.tokens().rotate(SVC, HOUR, Optional.empty(), seen))
                .isInstanceOf(TokenFailure.RotationUnderWay.class)
                .hasMessageContaining("finish or undo that rotation first");
        Token undone = operator.tokens().undoRotation(SVC, seen);
        assertThat(undone.secrets().generation()).isEqualTo(1);
        assertThat(operator.tokens().find(SVC)).isEqualTo(undone);
        assertLive(first);
        assertDead(second.secret());

        RotatedToken third = rotate(operator, HOUR);
        assertThat(third.token().secrets().generation()).isEqualTo(3);
        Token finished = operator.tokens()
                .finishRotation(SVC, new Precondition(List.of(third.token().version())));
        assertThat(operator.tokens().find(SVC)).isEqualTo(finished);
        assertDead(first);
        assertLive(third.secret());
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> operator.tokens().finishRotation(SVC, Precondition.NONE),
                () -> operator.tokens().undoRotation(SVC, Precondition.NONE))) {
            assertThatThrownBy(act)
                    .isInstanceOf(TokenFailure.NoRotation.class)
                    .hasMessage("no rotation is under way: svc/a");
        }
    }

    @Test
    default void a_repeated_rotation_request_does_not_rotate_again() {
        ActorAccess operator = operator();
        create(operator);
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("a \\ and a \""));
        RotatedToken rotated = operator.tokens().rotate(SVC, GracePeriod.NONE, key, Precondition.NONE);
        Instant then = clock().instant();
        clock().advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> operator.tokens().rotate(SVC, GracePeriod.NONE, key, Precondition.NONE))
                .isInstanceOf(TokenFailure.AlreadyRotated.class)
                .hasMessage("svc/a was already rotated with this idempotency key at " + then
                        + ", and its secret cannot be shown again: rotate again with another key");
        assertLive(rotated.secret());
    }

    @Test
    default void the_operator_is_rotated_by_itself_only() {
        IssuedToken first = newcomer().tokens().createOperator();
        ActorAccess named = holding(create(holding(first.secret())).secret());
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> named.tokens().rotate(TokenName.OPERATOR, HOUR, Optional.empty(), Precondition.NONE),
                () -> named.tokens().finishRotation(TokenName.OPERATOR, Precondition.NONE),
                () -> named.tokens().undoRotation(TokenName.OPERATOR, Precondition.NONE),
                () -> named.tokens().disable(TokenName.OPERATOR, Reason.NONE, Precondition.NONE),
                () -> named.tokens().enable(TokenName.OPERATOR, Precondition.NONE))) {
            assertThatThrownBy(act).isInstanceOf(TokenFailure.Forbidden.class);
        }
        RotatedToken second =
                holding(first.secret()).tokens().rotate(TokenName.OPERATOR, HOUR, Optional.empty(), Precondition.NONE);
        assertLive(first.secret());
        holding(second.secret()).tokens().finishRotation(TokenName.OPERATOR, Precondition.NONE);
        assertDead(first.secret());
        assertLive(second.secret());
    }

    @Test
    default void a_named_token_rotates_itself() {
        TokenSecret first = create(operator()).secret();
        RotatedToken second = rotate(holding(first), GracePeriod.NONE);
        assertDead(first);
        assertLive(second.secret());
    }

    @Test
    default void an_act_dies_with_the_one_of_two_secrets_that_it_was_begun_with() {
        ActorAccess operator = operator();
        ActorAccess first = holding(create(operator).secret());
        ActorAccess second = holding(rotate(operator, HOUR).secret());
        assertThat(first.tokens().list()).isEqualTo(second.tokens().list());
        clock().advance(Duration.ofHours(1));
        assertThatThrownBy(() -> first.tokens().createNamed(new TokenName("x"), Lifetime.UNLIMITED, Description.NONE))
                .isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThat(second.tokens().list()).hasSize(2);
    }

    @Test
    default void a_disabled_token_is_refused_until_it_is_enabled() {
        ActorAccess operator = operator();
        TokenSecret secret = create(operator).secret();
        clock().advance(Duration.ofMinutes(1));
        Token disabled = operator.tokens().disable(SVC, new Reason("found in a log: \"ü\""), Precondition.NONE);
        assertThat(disabled.disablement())
                .contains(new Disablement(clock().instant(), new Reason("found in a log: \"ü\"")));
        assertThat(disabled.stateAt(clock().instant())).isEqualTo(TokenState.DISABLED);
        assertThat(operator.tokens().find(SVC)).isEqualTo(disabled);
        assertDead(secret);
        Token enabled = operator.tokens().enable(SVC, Precondition.NONE);
        assertThat(enabled.disablement()).isEmpty();
        assertThat(operator.tokens().find(SVC)).isEqualTo(enabled);
        assertLive(secret);
        assertThatThrownBy(() -> operator.tokens().enable(SVC, Precondition.NONE))
                .isInstanceOf(TokenFailure.NotDisabled.class)
                .hasMessage("token is not disabled: svc/a");
        assertThat(operator.tokens()
                        .disable(SVC, Reason.NONE, Precondition.NONE)
                        .disablement())
                .contains(new Disablement(clock().instant(), Reason.NONE));
    }

    @Test
    default void the_operator_is_never_disabled() {
        ActorAccess operator = operator();
        assertThatThrownBy(() -> operator.tokens().disable(TokenName.OPERATOR, Reason.NONE, Precondition.NONE))
                .isInstanceOf(TokenFailure.OperatorCannotBeDisabled.class)
                .hasMessage("cannot disable operator token");
        assertThatThrownBy(() -> operator.tokens().enable(TokenName.OPERATOR, Precondition.NONE))
                .isInstanceOf(TokenFailure.NotDisabled.class);
    }

    @Test
    default void a_missing_token_cannot_be_rotated_or_disabled() {
        ActorAccess operator = operator();
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> rotate(operator, HOUR),
                () -> operator.tokens().finishRotation(SVC, Precondition.NONE),
                () -> operator.tokens().undoRotation(SVC, Precondition.NONE),
                () -> operator.tokens().disable(SVC, Reason.NONE, Precondition.NONE),
                () -> operator.tokens().enable(SVC, Precondition.NONE))) {
            assertThatThrownBy(act)
                    .isInstanceOf(TokenFailure.NotFound.class)
                    .hasMessage("the requested resource was not found: svc/a");
        }
        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> rotate(newcomer(), HOUR),
                () -> newcomer().tokens().finishRotation(SVC, Precondition.NONE),
                () -> newcomer().tokens().undoRotation(SVC, Precondition.NONE),
                () -> newcomer().tokens().disable(SVC, Reason.NONE, Precondition.NONE),
                () -> newcomer().tokens().enable(SVC, Precondition.NONE))) {
            assertThatThrownBy(act).isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    @Test
    default void only_tokens_that_expired_long_ago_are_purged() {
        ActorAccess operator = operator();
        create(operator);
        for (int days = 1; days <= 3; days++) {
            operator.tokens()
                    .createNamed(new TokenName("d" + days), new Lifetime.Span(Duration.ofDays(days)), Description.NONE);
        }
        clock().advance(Duration.ofDays(4));
        assertThat(operator.tokens().purge(Duration.ofDays(3).plusMillis(1)).tokens())
                .isEmpty();
        PurgedTokens gone = operator.tokens().purge(Duration.ofDays(2));
        assertThat(gone.more()).isFalse();
        assertThat(gone.tokens()).extracting(token -> token.name().value()).containsExactly("d1", "d2");
        assertThat(operator.tokens().list())
                .extracting(token -> token.name().value())
                .containsExactly("_admin", "svc/a", "d3");
        assertThatThrownBy(() -> newcomer().tokens().purge(Duration.ZERO))
                .isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    default void a_leaked_secret_that_has_a_successor_ends_alone() {
        ActorAccess operator = operator();
        TokenSecret first = create(operator).secret();
        TokenSecret second = rotate(operator, HOUR).secret();
        operator.tokens().burn(first);
        operator.tokens().burn(first);
        assertDead(first);
        assertLive(second);
        operator.tokens().burn(second);
        assertDead(second);
        assertThat(operator.tokens().list()).hasSize(1);
    }
}
