package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ChangeWait.WaitFor;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeWaitTest {
    private static final TokenName CI = new TokenName("ci");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final InMemoryNodes nodes = new InMemoryNodes();
    private final TokenAuthority authority = new ManualTicker().authority(store, new ManualClock());
    private final List<NodeWait> told = new ArrayList<>();

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private TokenAdministration waiting(Optional<WaitFor> asked) {
        return authority
                .actingAs(new Actor.FileOwner())
                .waiting(new ChangeWait(asked, told::add))
                .tokens();
    }

    private TokenAdministration owner() {
        return authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private boolean waitsFor(Runnable change) {
        int before = nodes.awaited().size();
        change.run();
        List<Long> awaited = nodes.awaited();
        if (awaited.size() > before) {
            assertThat(awaited).hasSize(before + 1).last().isEqualTo(store.revision());
            return true;
        }
        return false;
    }

    private void share() {
        store.share(nodes);
    }

    @Test
    void unasked_a_change_waits_if_something_is_refused_that_was_accepted_before() {
        share();
        assertThat(waitsFor(() -> owner().createOperator())).isFalse();
        assertThat(waitsFor(() -> owner().createNamed(CI, new Lifetime.Span(Duration.ofDays(2)), Description.NONE)))
                .isFalse();
        assertThat(waitsFor(() -> owner().rotate(CI, grace(), Optional.empty(), Precondition.NONE)))
                .isFalse();
        assertThat(waitsFor(() -> owner().finishRotation(CI, Precondition.NONE)))
                .isTrue();
        assertThat(waitsFor(() -> owner().rotate(CI, grace(), Optional.empty(), Precondition.NONE)))
                .isFalse();
        assertThat(waitsFor(() -> owner().undoRotation(CI, Precondition.NONE))).isTrue();
        assertThat(waitsFor(() -> owner().rotate(CI, GracePeriod.NONE, Optional.empty(), Precondition.NONE)))
                .isTrue();
        assertThat(waitsFor(() -> owner().disable(CI, Reason.NONE, Precondition.NONE)))
                .isTrue();
        assertThat(waitsFor(() -> owner().disable(CI, new Reason("why"), Precondition.NONE)))
                .isFalse();
        assertThat(waitsFor(() -> owner().enable(CI, Precondition.NONE))).isFalse();
        assertThat(waitsFor(() -> edit(Lifetime.UNLIMITED))).isFalse();
        assertThat(waitsFor(() -> edit(new Lifetime.Span(Duration.ofHours(1))))).isTrue();
        assertThat(waitsFor(() -> owner().edit(
                                CI,
                                new TokenEdit(Optional.empty(), Optional.of(new Description("text")), Optional.empty()),
                                Precondition.NONE)))
                .isFalse();
        assertThat(waitsFor(() -> owner().regenerateOperator())).isTrue();
        assertThat(waitsFor(() -> owner().revoke(CI, Precondition.NONE))).isTrue();
        assertThat(told).isEmpty();
    }

    private static GracePeriod grace() {
        return new GracePeriod(Duration.ofHours(1));
    }

    private void edit(Lifetime lifetime) {
        owner().edit(CI, new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime)), Precondition.NONE);
    }

    @Test
    void asked_every_change_waits_or_none_and_the_asker_is_told() {
        share();
        nodes.answer(new NodeWait(1, List.of("b", "a")));
        assertThat(waitsFor(() -> waiting(Optional.of(WaitFor.NODES)).createOperator()))
                .isTrue();
        assertThat(told).containsExactly(new NodeWait(1, List.of("a", "b")));
        assertThat(waitsFor(() -> waiting(Optional.of(WaitFor.NONE)).regenerateOperator()))
                .isFalse();
        assertThat(told).hasSize(1);
    }

    @Test
    void a_purge_of_many_tokens_waits_once() {
        for (int i = 0; i < 200; i++) {
            owner().createNamed(new TokenName("t" + i), new Lifetime.Span(Duration.ofSeconds(1)), Description.NONE);
        }
        share();
        ManualClock later = new ManualClock();
        later.advance(Duration.ofDays(1));
        try (TokenAuthority other = new ManualTicker().authority(store, later)) {
            assertThat(waitsFor(
                            () -> other.actingAs(new Actor.FileOwner()).tokens().purge(Duration.ZERO)))
                    .isTrue();
        }
    }

    @Test
    void a_declaration_that_deletes_tokens_waits_once() {
        owner().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        owner().createNamed(new TokenName("cd"), Lifetime.UNLIMITED, Description.NONE);
        share();
        TokenTransfer transfer = authority.actingAs(new Actor.FileOwner()).transfer();
        assertThat(waitsFor(() -> transfer.apply(List.of(), Prune.YES, DryRun.YES)))
                .isFalse();
        assertThat(waitsFor(() -> transfer.apply(List.of(), Prune.YES, DryRun.NO)))
                .isTrue();
    }

    @Test
    void a_refused_change_does_not_wait() {
        share();
        assertThat(waitsFor(() -> assertThatThrownBy(() -> owner().revoke(CI, Precondition.NONE))
                        .isInstanceOf(TokenFailure.NotFound.class)))
                .isFalse();
    }

    @Test
    void without_nodes_nobody_can_wait_for_them_and_nothing_is_changed() {
        assertThatThrownBy(() -> waiting(Optional.of(WaitFor.NODES)).createOperator())
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("there are no nodes to wait for");
        assertThat(store.revision()).isZero();
        waiting(Optional.of(WaitFor.NONE)).createOperator();
        waiting(Optional.empty()).regenerateOperator();
        assertThat(told).isEmpty();
    }

    @Test
    void a_change_is_applied_here_before_it_waits_for_the_others() {
        share();
        IssuedToken issued = owner().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
        nodes.during(
                () -> assertThat(authority.check(issued.secret()).isFinal()).isTrue());
        assertThat(waitsFor(() -> owner().revoke(CI, Precondition.NONE))).isTrue();
    }
}
