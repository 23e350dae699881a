package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.node.DatabaseRisk;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.node.Nodes;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresNodesTest {
    private final StoreLocation.Postgres database = Postgres.database();
    private final TokenStore store = PostgresTokenStore.open(database);
    private final Nodes nodes = store.nodes().orElseThrow();

    @BeforeEach
    void migrate() {
        assertThat(store.revision()).isZero();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long change() {
        return store.append(tokens -> new Change.CreateOperator(
                                TokenSecret.generate(new SecureRandom()).digest())
                        .decide(tokens, new Actor.FileOwner(), Instant.parse("2026-03-01T12:00:00Z")))
                .revision();
    }

    /** A node that has applied everything there is. */
    private LedgerWatch node() {
        LedgerWatch watch = store.watch();
        watch.join();
        for (int look = 0; look < 3; look++) {
            var _ = watch.awaitRevision(store.revision(), Duration.ZERO);
        }
        return watch;
    }

    private CompletableFuture<NodeWait> waiting(long revision) {
        return CompletableFuture.supplyAsync(() -> nodes.await(revision), Thread.ofVirtual()::start);
    }

    @Test
    void without_nodes_a_change_holds_at_once() {
        assertThat(nodes.all()).isEmpty();
        assertThat(nodes.await(change())).isEqualTo(new NodeWait(0, List.of()));
    }

    @Test
    void nodes_are_listed_with_what_they_have_applied_until_they_leave() {
        try (LedgerWatch _ = node();
                LedgerWatch other = node()) {
            long revision = change();
            var _ = other.awaitRevision(revision, Duration.ZERO);
            assertThat(nodes.all()).hasSize(2).allMatch(node -> node.state() == Node.State.LIVE);
            assertThat(nodes.all()).extracting(Node::applied).containsExactlyInAnyOrder(0L, 1L);
            assertThat(nodes.all()).extracting(Node::lag).containsExactlyInAnyOrder(0L, 1L);
            assertThat(nodes.all()).allSatisfy(node -> {
                assertThat(node.name()).endsWith(" " + ProcessHandle.current().pid());
                assertThat(node.seen()).isAfterOrEqualTo(node.started());
            });
        }
        assertThat(nodes.all()).isEmpty();
    }

    @Test
    void a_change_holds_when_the_last_node_says_that_it_has_applied_it() {
        try (LedgerWatch one = node();
                LedgerWatch other = node()) {
            long revision = change();
            var _ = one.awaitRevision(revision, Duration.ZERO);
            CompletableFuture<NodeWait> wait = waiting(revision);
            for (int look = 0; look < 20; look++) {
                // It sees the change, and has yet to apply it.
                assertThat(other.awaitRevision(0, Duration.ofMillis(1))).isEqualTo(revision);
                var _ = one.awaitRevision(revision, Duration.ZERO);
                assertThat(wait).isNotDone();
            }
            var _ = other.awaitRevision(revision, Duration.ZERO);
            assertThat(wait.join()).isEqualTo(new NodeWait(2, List.of()));
        }
    }

    @Test
    void a_silent_node_is_waited_for_as_long_as_its_lease_can_last() {
        try (LedgerWatch _ = node()) {
            String name = nodes.all().getFirst().name();
            long revision = change();
            long begin = System.nanoTime();
            assertThat(nodes.await(revision)).isEqualTo(new NodeWait(0, List.of(name)));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Nodes.LEASE);
            assertThat(nodes.all()).extracting(Node::state).containsExactly(Node.State.UNSEEN);
            assertThat(nodes.await(revision)).isEqualTo(new NodeWait(0, List.of()));
        }
    }

    @Test
    void a_node_that_goes_on_without_applying_the_change_is_waited_for_no_longer() {
        try (LedgerWatch node = node()) {
            CompletableFuture<NodeWait> wait = waiting(change());
            long begin = System.nanoTime();
            while (!wait.isDone()) {
                var _ = node.awaitRevision(0, Duration.ofMillis(1));
            }
            assertThat(wait.join().waitedOut()).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Nodes.LEASE);
        }
    }

    @Test
    void a_node_that_leaves_is_not_waited_for() {
        LedgerWatch node = node();
        CompletableFuture<NodeWait> wait = waiting(change());
        node.close();
        assertThat(wait.join()).isEqualTo(new NodeWait(0, List.of()));
    }

    @Test
    void a_node_of_another_epoch_or_of_lost_entries_has_not_applied_a_change() {
        try (LedgerWatch node = node()) {
            long revision = change();
            var _ = node.awaitRevision(revision, Duration.ZERO);
            assertThat(nodes.all()).extracting(Node::applied).containsExactly(revision);
            Postgres.execute(database, "UPDATE ledger_head SET epoch = 2");
            assertThat(nodes.all()).extracting(Node::applied).containsExactly(0L);
            Postgres.execute(database, "UPDATE ledger_head SET epoch = 1, revision = 0");
            assertThat(nodes.all()).extracting(Node::applied).containsExactly(0L);
        }
    }

    @Test
    void a_node_is_seen_before_it_is_answered() {
        try (LedgerWatch node = store.watch()) {
            Postgres.execute(database, "ALTER TABLE ledger_head RENAME COLUMN hash TO gone");
            assertThatThrownBy(() -> node.awaitRevision(0, Duration.ZERO)).isInstanceOf(AuthorityUnavailable.class);
            assertThat(nodes.all()).hasSize(1);
        }
    }

    @Test
    void a_node_whose_heartbeat_fails_gets_no_answer() {
        try (LedgerWatch node = node()) {
            Postgres.execute(database, "ALTER TABLE node ADD CHECK (seen_at < started_at) NOT VALID");
            // Until the heartbeat is due; then no answer any more.
            var _ = Eventually.get(() -> isAnswered(node), answered -> !answered);
            assertThat(isAnswered(node)).isFalse();
            Postgres.execute(database, "ALTER TABLE node DROP CONSTRAINT node_check");
            assertThat(isAnswered(node)).isTrue();
        }
    }

    private static boolean isAnswered(LedgerWatch node) {
        try {
            return node.awaitRevision(0, Duration.ZERO) == 0;
        } catch (AuthorityUnavailable _) {
            return false;
        }
    }

    @Test
    void a_node_that_could_not_announce_itself_does_so_before_it_is_answered() {
        Postgres.execute(database, "ALTER TABLE node RENAME TO elsewhere");
        try (LedgerWatch node = store.watch()) {
            assertThatThrownBy(node::join).isInstanceOf(AuthorityUnavailable.class);
            assertThat(isAnswered(node)).isFalse();
            Postgres.execute(database, "ALTER TABLE elsewhere RENAME TO node");
            assertThat(isAnswered(node)).isTrue();
            assertThat(nodes.all()).hasSize(1);
        }
    }

    @Test
    void a_change_that_was_made_holds_after_a_while_even_if_the_nodes_cannot_be_asked() {
        long revision = change();
        Postgres.execute(database, "ALTER TABLE node RENAME TO elsewhere");
        long begin = System.nanoTime();
        assertThat(nodes.await(revision)).isEqualTo(new NodeWait(0, List.of(NodeWait.ALL)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Nodes.LEASE);
        assertThatThrownBy(nodes::all).isInstanceOf(AuthorityUnavailable.class);
    }

    @Test
    void risky_settings_of_the_server_are_named() {
        assertThat(nodes.risks()).isEmpty();
        Postgres.execute(database, "ALTER SYSTEM SET full_page_writes = off");
        try {
            Postgres.execute(database, "SELECT pg_reload_conf()");
            var _ = Eventually.get(nodes::risks, risks -> risks.equals(List.of(DatabaseRisk.FULL_PAGE_WRITES_OFF)));
        } finally {
            Postgres.execute(database, "ALTER SYSTEM RESET full_page_writes");
            Postgres.execute(database, "SELECT pg_reload_conf()");
        }
        assertThat(List.of(140_019, 150_014, 160_010, 170_006, 180_000)).allMatch(RiskySettings::isOld);
        assertThat(List.of(140_020, 150_015, 160_011, 170_007, 180_001, 190_000))
                .noneMatch(RiskySettings::isOld);
    }

    @Test
    void nodes_that_were_unseen_for_an_hour_are_forgotten() {
        try (LedgerWatch _ = node()) {
            Postgres.execute(database, "UPDATE node SET seen_at = seen_at - interval '61 minutes'");
            assertThat(nodes.all()).isEmpty();
            try (LedgerWatch _ = node()) {
                Postgres.execute(database, "UPDATE node SET seen_at = clock_timestamp()");
                assertThat(nodes.all()).hasSize(1);
            }
        }
    }
}
