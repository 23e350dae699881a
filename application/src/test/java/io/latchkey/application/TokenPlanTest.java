package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.TokenPlan.Others;
import io.latchkey.application.TokenPlan.Step;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenPlanTest {
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new TokenAuthority(store, new ManualClock(), new SecureRandom());

    @Test
    void a_plan_that_was_carried_out_leaves_nothing_to_do() {
        authority.actingAs(new Actor.Owner()).createOperator();
        assertThat(carryOut(List.of(wanted("a", Expiry.NEVER, "x"), wanted("b", Expiry.at(LATER), "")), Others.KEPT))
                .containsExactly("Create", "Create");
        List<DeclaredToken> second = List.of(
                wanted("a", Expiry.at(LATER), "y"), wanted("c", Expiry.NEVER, ""), wanted("b", Expiry.at(LATER), ""));
        assertThat(carryOut(second, Others.KEPT)).containsExactly("Edit", "Create", "Unchanged");
        long revision = store.revision();
        assertThat(carryOut(second, Others.DELETED)).containsExactly("Unchanged", "Unchanged", "Unchanged");
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(carryOut(List.of(wanted("c", Expiry.NEVER, "")), Others.DELETED))
                .containsExactly("Unchanged", "Delete", "Delete");
        assertThat(store.snapshot().tokens())
                .extracting(token -> token.name().value())
                .containsExactly("_admin", "c");
        assertThat(store.find(new TokenName("c")).orElseThrow().digest()).isEqualTo(digest("c"));
    }

    @Test
    void one_change_that_is_refused_leaves_everything_as_it_was() {
        carryOut(List.of(wanted("a", Expiry.NEVER, "x")), Others.KEPT);
        TokenStore.Snapshot before = store.snapshot();
        DeclaredToken stolen =
                new DeclaredToken(new TokenName("b"), Description.NONE, Expiry.NEVER, Optional.of(digest("a")));
        assertThatThrownBy(() -> carryOut(
                        List.of(wanted("a", Expiry.at(LATER), "y"), wanted("n", Expiry.NEVER, ""), stolen),
                        Others.KEPT))
                .isInstanceOfSatisfying(ChangeRefused.class, e -> {
                    assertThat(e.index()).isEqualTo(2);
                    assertThat(e.failure()).isInstanceOf(TokenFailure.SecretTaken.class);
                });
        assertThat(store.snapshot()).isEqualTo(before);
    }

    @Test
    void a_token_that_changed_since_the_plan_was_made_is_not_touched() {
        carryOut(List.of(wanted("a", Expiry.NEVER, "x")), Others.KEPT);
        TokenPlan edits = plan(List.of(wanted("a", Expiry.NEVER, "y")), Others.KEPT);
        TokenPlan deletes = plan(List.of(), Others.DELETED);
        carryOut(List.of(wanted("a", Expiry.NEVER, "z")), Others.KEPT);
        for (TokenPlan stale : new TokenPlan[] {edits, deletes}) {
            assertThatThrownBy(() -> authority.carryOut(changes(stale)))
                    .isInstanceOfSatisfying(
                            ChangeRefused.class, e -> assertThat(e.failure()).isInstanceOf(TokenFailure.Stale.class));
        }
    }

    @Test
    void what_cannot_be_had_is_refused_by_its_place() {
        authority.actingAs(new Actor.Owner()).createOperator();
        carryOut(List.of(wanted("a", Expiry.NEVER, "x")), Others.KEPT);
        DeclaredToken fine = wanted("fine", Expiry.NEVER, "");
        for (DeclaredToken bad : new DeclaredToken[] {
            fine,
            new DeclaredToken(new TokenName("new"), Description.NONE, Expiry.NEVER, Optional.empty()),
            new DeclaredToken(new TokenName("a"), Description.NONE, Expiry.NEVER, Optional.of(digest("other"))),
            new DeclaredToken(TokenName.OPERATOR, new Description("mine"), Expiry.NEVER, Optional.empty()),
        }) {
            assertThatThrownBy(() -> plan(List.of(fine, bad), Others.KEPT))
                    .isInstanceOfSatisfying(
                            ChangeRefused.class, e -> assertThat(e.index()).isEqualTo(1));
        }
        assertThat(plan(
                                List.of(new DeclaredToken(
                                        TokenName.OPERATOR, Description.NONE, Expiry.NEVER, Optional.empty())),
                                Others.KEPT)
                        .steps())
                .containsExactly(new Step.Unchanged(TokenName.OPERATOR));
    }

    private List<String> carryOut(List<DeclaredToken> wanted, Others others) {
        TokenPlan plan = plan(wanted, others);
        authority.carryOut(changes(plan));
        return plan.steps().stream()
                .map(step -> step.getClass().getSimpleName())
                .toList();
    }

    private TokenPlan plan(List<DeclaredToken> wanted, Others others) {
        List<Token> present = store.snapshot().tokens();
        return TokenPlan.of(wanted, present, others);
    }

    private static List<Change> changes(TokenPlan plan) {
        return plan.steps().stream().flatMap(step -> step.change().stream()).toList();
    }

    private static DeclaredToken wanted(String name, Expiry expiry, String description) {
        return new DeclaredToken(new TokenName(name), new Description(description), expiry, Optional.of(digest(name)));
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }
}
