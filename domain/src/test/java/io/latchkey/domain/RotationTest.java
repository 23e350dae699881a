package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One token that is rotated and disabled, with a single actor. */
final class RotationTest {
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final TokenName CI = new TokenName("ci");
    private static final GracePeriod HOUR = new GracePeriod(Duration.ofHours(1));

    private Instant now = START;
    private Token token = Token.issued(
            new TokenId(1),
            CI,
            digest(1),
            Description.NONE,
            Expiry.NEVER,
            Attributes.ADMIN,
            new Actor.FileOwner(),
            START.minusSeconds(9));

    @Test
    void both_secrets_are_accepted_until_the_grace_is_over_and_then_the_new_one_alone() {
        rotate(2, HOUR);
        assertThat(token.secrets().generation()).isEqualTo(2);
        assertThat(token.previousSecretUntil(now)).contains(START.plusSeconds(3600));
        assertThat(token.version().number()).isEqualTo(2);
        now = START.plusSeconds(3600).minusMillis(1);
        assertThat(accepted()).containsExactly(2, 1);
        now = now.plusMillis(1);
        assertThat(accepted()).containsExactly(2);
        assertThat(token.previousSecretUntil(now)).isEmpty();
    }

    @Test
    void without_a_grace_the_old_secret_dies_at_once_and_for_good() {
        rotate(2, GracePeriod.NONE);
        assertThat(accepted()).containsExactly(2);
        now = now.minusSeconds(1);
        assertThat(accepted()).containsExactly(2);
    }

    @Test
    void a_grace_ends_with_the_token_at_the_latest() {
        edit(new Lifetime.Span(Duration.ofMinutes(10)));
        rotate(2, HOUR);
        assertThat(token.previousSecretUntil(now)).contains(START.plusSeconds(600));
        edit(new Lifetime.Span(Duration.ofMinutes(5)));
        now = START.plusSeconds(300);
        assertThat(accepted()).isEmpty();
        rotate(3, HOUR);
        assertThat(token.secrets().former().getFirst().until()).isEmpty();
    }

    @Test
    void a_grace_is_at_most_thirty_days() {
        assertThat(GracePeriod.parse("30d").span()).isEqualTo(Duration.ofDays(30));
        assertThat(GracePeriod.parse("0")).isEqualTo(GracePeriod.NONE);
        for (String wrong : List.of("30d 1ns", "1y", "x", "")) {
            assertThatThrownBy(() -> GracePeriod.parse(wrong))
                    .isInstanceOfSatisfying(
                            TokenFailure.Invalid.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("grace"));
        }
    }

    @Test
    void there_are_never_three_secrets() {
        rotate(2, HOUR);
        assertThatThrownBy(() -> rotate(3, HOUR))
                .isInstanceOf(TokenFailure.RotationUnderWay.class)
                .hasMessage("the previous secret of ci is accepted until 2026-03-01T13:00:00Z: finish or undo that"
                        + " rotation first");
        now = START.plusSeconds(3600);
        rotate(3, HOUR);
        assertThat(accepted()).containsExactly(3, 2);
    }

    @Test
    void a_rotation_can_be_finished_before_its_time() {
        rotate(2, HOUR);
        now = now.plusSeconds(1);
        apply(new Rotation.Finish(CI, Precondition.NONE));
        assertThat(accepted()).containsExactly(2);
        now = START;
        assertThat(accepted()).as("whatever the clock says").containsExactly(2);
        assertThatThrownBy(() -> apply(new Rotation.Finish(CI, Precondition.NONE)))
                .isInstanceOf(TokenFailure.NoRotation.class)
                .hasMessage("no rotation is under way: ci");
    }

    @Test
    void a_rotation_can_be_undone_while_the_old_secret_lives() {
        rotate(2, HOUR);
        apply(new Rotation.Undo(CI, Precondition.NONE));
        assertThat(accepted()).containsExactly(1);
        assertThat(token.secrets().generation()).isEqualTo(1);
        assertThat(token.secrets().former().getFirst().generation()).isEqualTo(2);
        now = START.plusSeconds(7200);
        assertThat(accepted()).as("for good").containsExactly(1);
        rotate(3, HOUR);
        assertThat(token.secrets().generation()).as("none twice").isEqualTo(3);
        now = now.plusSeconds(3600);
        assertThatThrownBy(() -> apply(new Rotation.Undo(CI, Precondition.NONE)))
                .isInstanceOf(TokenFailure.NoRotation.class);
    }

    @Test
    void the_last_ten_secrets_are_remembered_and_no_generation_comes_twice() {
        for (int i = 2; i <= 30; i++) {
            rotate(i, HOUR);
            if (i % 2 == 0) {
                apply(new Rotation.Undo(CI, Precondition.NONE));
            }
            now = now.plusSeconds(3600);
        }
        assertThat(token.secrets().generation()).isEqualTo(29);
        assertThat(token.secrets().former())
                .extracting(FormerSecret::generation)
                .containsExactly(30, 27, 28, 25, 26, 23, 24, 21, 22, 19);
    }

    @Test
    void a_repeated_rotation_request_does_not_rotate_again() {
        rotateWith("key", 2);
        now = now.plusSeconds(7);
        assertThatThrownBy(() -> rotateWith("key", 3))
                .isInstanceOf(TokenFailure.AlreadyRotated.class)
                .hasMessage("ci was already rotated with this idempotency key at 2026-03-01T12:00:00Z, and its secret"
                        + " cannot be shown again: rotate again with another key");
        rotate(3, GracePeriod.NONE);
        assertThatThrownBy(() -> rotateWith("key", 4)).isInstanceOf(TokenFailure.AlreadyRotated.class);
        rotateWith("another", 4);
        assertThat(token.secrets().generation()).isEqualTo(4);
    }

    @Test
    void a_retry_is_recognised_although_its_precondition_fails() {
        var seen = new Precondition(List.of(token.version()));
        var key = Optional.of(new IdempotencyKey("key"));
        apply(new Rotation.Begin(CI, digest(2), HOUR, key, seen));
        assertThatThrownBy(() -> apply(new Rotation.Begin(CI, digest(3), HOUR, key, seen)))
                .isInstanceOf(TokenFailure.AlreadyRotated.class);
        assertThatThrownBy(() -> apply(new Rotation.Finish(CI, seen))).isInstanceOf(TokenFailure.VersionMismatch.class);
    }

    @Test
    void a_key_is_printable_and_not_too_long() {
        assertThat(new IdempotencyKey("~".repeat(255))).isNotEqualTo(new IdempotencyKey("~".repeat(254)));
        for (String wrong : List.of("", "~".repeat(256), "é", "a\nb", "\u007f")) {
            assertThatThrownBy(() -> new IdempotencyKey(wrong)).isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    @Test
    void regenerating_ends_the_old_secrets_of_a_rotation_too() {
        token = Token.issued(
                TokenId.FIRST,
                TokenName.OPERATOR,
                digest(1),
                Description.NONE,
                Expiry.NEVER,
                Attributes.ADMIN,
                new Actor.FileOwner(),
                now);
        apply(new Rotation.Begin(TokenName.OPERATOR, digest(2), HOUR, Optional.empty(), Precondition.NONE));
        apply(new Change.RegenerateOperator(digest(3)));
        assertThat(accepted()).containsExactly(3);
        assertThat(token.secrets().former()).hasSize(2);
    }

    @Test
    void either_secret_may_act_while_both_are_accepted() {
        rotate(2, HOUR);
        for (int generation : List.of(1, 2)) {
            Actor holder = Actor.Holder.of(token, generation);
            assertThat(holder).isEqualTo(new Actor.Holder(token.id(), CI, digest(generation)));
            assertThat(decide(new Rotation.Undo(CI, Precondition.NONE), holder))
                    .isInstanceOf(TokenEvent.RotationUndone.class);
        }
        now = now.plusSeconds(3600);
        assertThatThrownBy(
                        () -> decide(new Change.Disable(CI, Reason.NONE, Precondition.NONE), Actor.Holder.of(token, 1)))
                .isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    void a_leak_report_ends_only_the_reported_secret_of_two() {
        rotate(2, HOUR);
        assertThat(decide(new Change.RevokeLeaked(digest(2)), new Actor.LeakReporter()))
                .isInstanceOf(TokenEvent.Revoked.class);
        apply(new Change.RevokeLeaked(digest(1)));
        assertThat(accepted()).containsExactly(2);
        assertThatThrownBy(() -> apply(new Change.RevokeLeaked(digest(1)))).isInstanceOf(TokenFailure.NotFound.class);
    }

    @Test
    void a_former_secret_cannot_belong_to_another_token() {
        rotate(2, GracePeriod.NONE);
        assertThatThrownBy(() -> apply(
                        new Change.CreateNamed(new TokenName("x"), digest(1), Lifetime.UNLIMITED, Description.NONE)))
                .isInstanceOf(TokenFailure.SecretTaken.class);
    }

    @Test
    void a_disabled_token_is_accepted_no_more_until_it_is_enabled() {
        rotate(2, HOUR);
        apply(new Change.Disable(CI, new Reason("on leave"), Precondition.NONE));
        assertThat(token.disablement()).contains(new Disablement(START, new Reason("on leave")));
        assertThat(token.stateAt(now)).isEqualTo(TokenState.DISABLED);
        assertThat(accepted()).isEmpty();
        now = now.plusSeconds(60);
        apply(new Change.Disable(CI, new Reason("left"), Precondition.NONE));
        assertThat(token.disablement()).as("since the first time").contains(new Disablement(START, new Reason("left")));
        apply(new Change.Enable(CI, Precondition.NONE));
        assertThat(accepted()).containsExactly(2, 1);
        assertThatThrownBy(() -> apply(new Change.Enable(CI, Precondition.NONE)))
                .isInstanceOf(TokenFailure.NotDisabled.class)
                .hasMessage("token is not disabled: ci");
    }

    @Test
    void a_disabled_token_that_expires_is_expired() {
        edit(new Lifetime.Span(Duration.ofSeconds(1)));
        apply(new Change.Disable(CI, Reason.NONE, Precondition.NONE));
        assertThat(token.stateAt(now)).isEqualTo(TokenState.DISABLED);
        now = now.plusSeconds(1);
        assertThat(token.stateAt(now)).isEqualTo(TokenState.EXPIRED);
    }

    @Test
    void a_reason_is_checked_as_a_description_is() {
        assertThatThrownBy(() -> new Reason("a\nb"))
                .hasMessage("reason must not contain control characters or lone surrogates");
    }

    @Test
    void the_use_of_a_retired_secret_is_recorded_once_an_hour_and_changes_nothing() {
        rotate(2, HOUR);
        for (int alive : List.of(1, 2)) {
            assertThatThrownBy(() -> alarm(alive)).isInstanceOf(TokenFailure.NotFound.class);
        }
        now = now.plusSeconds(3600);
        Token before = token;
        var alarm = (TokenEvent.RetiredSecretPresented) alarm(1);
        assertThat(alarm.generation()).isEqualTo(1);
        assertThat(token.version()).isEqualTo(before.version());
        assertThat(token.lastChange()).isEqualTo(before.lastChange());
        now = now.plusSeconds(3600).minusMillis(1);
        assertThatThrownBy(() -> alarm(1)).isInstanceOf(TokenFailure.AlreadyRecorded.class);
        now = now.plusMillis(1);
        alarm(1);
        rotate(3, GracePeriod.NONE);
        assertThat(((TokenEvent.RetiredSecretPresented) alarm(2)).generation())
                .as("each by itself")
                .isEqualTo(2);
        now = START.minus(Duration.ofDays(1));
        assertThat(((TokenEvent.RetiredSecretPresented) alarm(1)).generation()).isEqualTo(1);
        assertThatThrownBy(() -> alarm(99)).isInstanceOf(TokenFailure.NotFound.class);
    }

    @Test
    void a_refusal_says_whether_the_secret_or_its_token_is_over() {
        edit(new Lifetime.Span(Duration.ofMinutes(10)));
        rotate(2, new GracePeriod(Duration.ofMinutes(5)));
        Instant grace = START.plusSeconds(300);
        Instant end = START.plusSeconds(600);
        assertThat(token.refusal(digest(1), grace.toEpochMilli(), NOWHERE)).isEqualTo(Verdict.Refused.RETIRED);
        assertThat(token.refusal(digest(2), end.toEpochMilli(), NOWHERE)).isEqualTo(Verdict.Refused.EXPIRED);
        assertThat(token.refusal(digest(2), end.toEpochMilli() - 1, NOWHERE)).isNotEqualTo(Verdict.Refused.EXPIRED);
        apply(new Change.Disable(CI, Reason.NONE, Precondition.NONE));
        assertThat(token.refusal(digest(1), grace.toEpochMilli() - 1, NOWHERE))
                .as("an old secret in its grace is no copy that should not exist")
                .isEqualTo(Verdict.Refused.DISABLED);
        assertThat(token.refusal(digest(1), grace.toEpochMilli(), NOWHERE)).isEqualTo(Verdict.Refused.RETIRED);
    }

    @Test
    void a_shortened_life_shortens_the_grace_and_a_longer_one_does_not_lengthen_it() {
        rotate(2, HOUR);
        edit(new Lifetime.Span(Duration.ofMinutes(10)));
        assertThat(token.previousSecretUntil(now)).contains(START.plusSeconds(600));
        edit(new Lifetime.Span(Duration.ofMinutes(20)));
        assertThat(token.previousSecretUntil(now)).contains(START.plusSeconds(600));
        edit(Lifetime.UNLIMITED);
        assertThat(token.previousSecretUntil(now)).contains(START.plusSeconds(600));
    }

    private void rotate(int generation, GracePeriod grace) {
        apply(new Rotation.Begin(CI, digest(generation), grace, Optional.empty(), Precondition.NONE));
    }

    private void rotateWith(String key, int generation) {
        var known = Optional.of(new IdempotencyKey(key));
        apply(new Rotation.Begin(CI, digest(generation), GracePeriod.NONE, known, Precondition.NONE));
    }

    private void edit(Lifetime lifetime) {
        apply(new Change.Edit(
                CI, new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime)), Precondition.NONE));
    }

    private TokenEvent alarm(int generation) {
        TokenEvent event = decide(new Change.RecordReuse(digest(generation)), new Actor.ReuseDetector());
        token = event.after().orElseThrow();
        return event;
    }

    private void apply(Change change) {
        token = decide(change, new Actor.FileOwner()).after().orElseThrow();
    }

    private TokenEvent decide(Change change, Actor actor) {
        return change.decide(new Alone(token), actor, now);
    }

    /** The secrets that are accepted, the one the token has first. */
    private List<Integer> accepted() {
        return token.secrets()
                .digests()
                .filter(digest -> token.accepts(digest, now))
                .map(RotationTest::number)
                .toList();
    }

    private static int number(TokenDigest digest) {
        int number = 1;
        while (!digest(number).equals(digest)) {
            number++;
        }
        return number;
    }

    private static TokenDigest digest(int number) {
        return TokenSecret.presented("secret " + number).digest();
    }

    private record Alone(Token token) implements Tokens {
        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public TokenId nextId() {
            return new TokenId(7);
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return Optional.of(token).filter(one -> one.name().equals(name));
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return Optional.of(token).filter(one -> one.secrets().digests().anyMatch(digest::equals));
        }
    }
}
