package io.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.http.wire.ProblemException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(800);

    @Test
    void an_authenticated_body_takes_what_is_left_and_no_more() {
        BodyBudget.Share first = budget.share();
        BodyBudget.Share second = budget.share();
        assertThat(first.grow(500)).isTrue();
        assertThat(second.grow(301)).isFalse();
        assertThat(second.grow(300)).isTrue();
        first.close();
        assertThat(budget.taken()).isEqualTo(300);
        assertThat(second.grow(500)).isTrue();
        second.close();
        second.close();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void evicts_the_oldest_incomplete_anonymous_body() {
        var bodies = new CompletableFuture<?>[] {
            new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>()
        };
        BodyBudget.Share[] shares = new BodyBudget.Share[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            shares[i] = budget.share(50, bodies[i]);
            if (i == 0) {
                shares[i].complete();
            }
        }
        assertThat(bodies).extracting(CompletableFuture::isDone).containsExactly(false, true, true, false);
        assertThatThrownBy(bodies[1]::join).hasRootCauseInstanceOf(ProblemException.class);
        assertThat(budget.taken()).isEqualTo(100);
        for (BodyBudget.Share share : shares) {
            share.close();
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void anonymous_bodies_take_only_their_part() {
        for (int i = 0; i < 1_000; i++) {
            budget.share(50, new CompletableFuture<>());
        }
        assertThat(budget.taken()).isEqualTo(100);
        assertThat(budget.share().grow(700)).isTrue();
    }
}
