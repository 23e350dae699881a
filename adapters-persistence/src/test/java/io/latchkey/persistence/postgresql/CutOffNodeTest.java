package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.Eventually;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.node.Nodes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that the network cuts off from the database, and one that it does not. */
final class CutOffNodeTest {
    private static final TokenName NAME = new TokenName("revoked");
    /** For a machine that has much else to do. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private final StoreLocation.Postgres database = Postgres.database();
    private final Relay network = relay(database);
    private final TestNode near = new TestNode(database);
    private final TestNode far = new TestNode(network.location());
    private final List<NodeWait> waits = new ArrayList<>();
    private final ActorAccess owner = near.owner().waiting(new ChangeWait(Optional.empty(), waits::add));

    private static Relay relay(StoreLocation.Postgres database) {
        try {
            return new Relay(database);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        near.start();
        far.start();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        far.close();
        near.close();
    }

    private TokenSecret token(TokenName name) {
        TokenSecret secret = owner.tokens()
                .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                .secret();
        Eventually.until(() -> far.accepts(secret));
        return secret;
    }

    @ParameterizedTest
    @EnumSource
    void it_gives_no_verdict_when_a_lease_is_over_and_goes_on_by_itself(Relay.Direction lost) {
        TokenSecret secret = token(NAME);
        for (int round = 0; round < 3; round++) {
            network.swallow(lost);
            long cut = System.nanoTime();
            for (long asked = cut; far.verdict(secret) instanceof Verdict.Accepted; asked = System.nanoTime()) {
                assertThat(Duration.ofNanos(asked - cut)).isLessThan(Nodes.LEASE);
            }
            assertThat(far.verdict(secret)).isEqualTo(Verdict.Unavailable.STALE);
            assertThat(near.accepts(secret)).isTrue();
            network.deliver();
            Eventually.until(() -> {
                Verdict verdict = far.verdict(secret);
                assertThat(verdict).isNotInstanceOf(Verdict.Refused.class);
                return verdict instanceof Verdict.Accepted;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_revocation_by_another_node_holds_when_it_is_done(Relay.Direction lost) {
        TokenSecret other = token(new TokenName("other"));
        for (int round = 0; round < 3; round++) {
            TokenSecret secret = token(NAME);
            network.swallow(lost);
            CompletableFuture<Long> lastYes =
                    CompletableFuture.supplyAsync(() -> lastYes(secret), Thread.ofPlatform()::start);
            long begun = System.nanoTime();
            owner.tokens().revoke(NAME, Precondition.NONE);
            long done = System.nanoTime();
            assertThat(far.accepts(secret)).isFalse();
            assertThat(Duration.ofNanos(done - begun))
                    .isLessThan(Nodes.LEASE.plus(Nodes.MARGIN).plus(SLACK));
            assertThat(waits.getLast().waitedOut()).hasSize(1);
            assertThat(waits.getLast().applied()).isEqualTo(1);
            assertThat(lastYes.join())
                    .as("began before the revocation was done")
                    .isLessThan(done);
            network.deliver();
            Eventually.until(() -> far.verdict(secret) instanceof Verdict.Refused);
            Eventually.until(() -> far.accepts(other));
        }
    }

    /** When the last request began that the cut-off node answered with yes. */
    private long lastYes(TokenSecret secret) {
        long last = 0;
        while (true) {
            long began = System.nanoTime();
            if (!far.accepts(secret)) {
                return last;
            }
            last = began;
        }
    }
}
