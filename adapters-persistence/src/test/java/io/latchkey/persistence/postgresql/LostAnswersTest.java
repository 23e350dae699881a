package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Loses each message of a change in turn, and each answer to one, and compares what is reported of the change with the
 * database. {@code -Dlatchkey.lost.rounds=1000} makes it long.
 */
final class LostAnswersTest {
    private static final int ROUNDS = Integer.getInteger("latchkey.lost.rounds", 5);
    /** COMMIT, and the message before it. */
    private static final int[] LAST = {0, 1};

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

    /** Since a connection has been idle for longer than a session trusts it; the other is that of {@code truth}. */
    private static final String IDLE = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            + " AND state_change > clock_timestamp() - interval '200 ms')";

    /** A store behind a network, and the same store beside it. */
    private static final class Bed implements AutoCloseable {
        private final StoreLocation.Postgres database = Postgres.database();
        private final Relay network = new Relay(database);
        private final TokenStore store = PostgresTokenStore.open(network.location());
        private final TokenStore truth = PostgresTokenStore.open(database);
        private final AtomicInteger names = new AtomicInteger();
        private final int messages;

        Bed() throws IOException {
            // The driver names a statement after five uses.
            for (int i = 0; i < 10; i++) {
                assertThat(change()).isTrue();
            }
            int before = network.messages();
            assertThat(change()).isTrue();
            messages = network.messages() - before; // the last is COMMIT
        }

        /** Makes a change; whether it was reported as done. Fails if it was reported as what it was not. */
        boolean change() {
            TokenName name = next();
            boolean done = create(name);
            assertThat(truth.find(name).isPresent())
                    .as("%s is there, and was reported", name)
                    .isEqualTo(done);
            return done;
        }

        TokenName next() {
            return new TokenName("token " + names.incrementAndGet());
        }

        /** Whether the creation of a token was reported as done. */
        boolean create(TokenName name) {
            try {
                var _ = Changes.create(store, name);
                return true;
            } catch (AuthorityUnavailable e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            assertThat(truth.firstBroken()).isEmpty();
            assertThat(truth.revision()).isEqualTo(truth.snapshot().tokens().size());
            store.close();
            truth.close();
            network.close();
        }
    }

    @Test
    void a_change_is_reported_as_what_it_is_whatever_message_or_answer_is_lost() throws IOException {
        try (Bed bed = new Bed()) {
            assertThat(bed.messages).isGreaterThan(2);
            for (int round = 0; round < ROUNDS; round++) {
                for (int message = 1; message <= bed.messages; message++) {
                    for (Relay.Direction lost : Relay.Direction.values()) {
                        bed.network.lose(message, lost, Relay.Loss.RESET);
                        assertThat(bed.change())
                                .as("%s of %s is lost %s", message, bed.messages, lost)
                                .isEqualTo(message == bed.messages && lost == Relay.Direction.TO_CLIENT);
                        assertThat(bed.change()).as("the next change").isTrue();
                    }
                }
            }
        }
    }

    @Test
    void so_it_is_if_the_network_says_nothing_and_delivers_late() throws Exception {
        try (var threads = Executors.newCachedThreadPool()) {
            List<Callable<Boolean>> lanes = new ArrayList<>();
            for (int fromTheEnd : LAST) {
                for (Relay.Direction lost : Relay.Direction.values()) {
                    lanes.add(() -> silence(fromTheEnd, lost));
                }
            }
            for (Future<Boolean> lane : threads.invokeAll(lanes)) {
                assertThat(lane.get()).isTrue();
            }
        }
    }

    private static boolean silence(int fromTheEnd, Relay.Direction lost) throws IOException {
        try (Bed bed = new Bed()) {
            for (int round = 0; round < Math.max(1, ROUNDS / 5); round++) {
                bed.network.lose(bed.messages - fromTheEnd, lost, Relay.Loss.SILENT);
                assertThat(bed.change()).isEqualTo(fromTheEnd == 0 && lost == Relay.Direction.TO_CLIENT);
                bed.network.deliver();
                assertThat(bed.change()).isTrue();
            }
            return true;
        }
    }

    @Test
    void a_commit_that_arrives_after_its_client_gave_up_is_waited_for() throws Exception {
        try (Bed bed = new Bed()) {
            int done = 0;
            for (int round = 0; round < ROUNDS; round++) {
                bed.network.lose(bed.messages, Relay.Direction.TO_SERVER, Relay.Loss.RESET_CLIENT);
                Thread late = Thread.ofPlatform().start(() -> {
                    Eventually.until(() -> Postgres.query(bed.database, WAITING).equals(List.of("1")));
                    bed.network.deliver();
                });
                done += bed.change() ? 1 : 0; // not if this thread is paused until the server gives up
                late.join();
                assertThat(bed.change()).isTrue();
            }
            assertThat(done).isPositive();
        }
    }

    @Test
    void a_change_that_cannot_be_looked_up_is_reported_as_neither_and_later_ones_go_on() throws IOException {
        try (Bed bed = new Bed()) {
            bed.network.lose(bed.messages, Relay.Direction.TO_CLIENT, Relay.Loss.DOWN);
            TokenName name = bed.next();
            assertThat(bed.create(name)).isFalse();
            assertThat(bed.truth.find(name)).isPresent();
            assertThat(bed.change()).isFalse();
            bed.network.mend();
            assertThat(bed.change()).isTrue();
        }
    }

    @Test
    void a_connection_that_broke_while_nobody_used_it_is_replaced_before_the_next_change() throws IOException {
        try (Bed bed = new Bed()) {
            bed.network.cut();
            bed.network.mend();
            Eventually.until(() -> Postgres.query(bed.database, IDLE).equals(List.of("1")));
            assertThat(bed.change()).isTrue();
        }
    }
}
