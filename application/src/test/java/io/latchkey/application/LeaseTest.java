package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a process gives verdicts, as those must know who wait until it gives none on old tokens. */
final class LeaseTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Store store = new Store();
    private final TokenRegistry registry =
            new TokenRegistry(store, new ManualClock(), ticker, new BackgroundFailures());

    @Test
    void the_first_lease_counts_from_before_the_others_were_told_of_this_process() {
        store.onJoin = ticker::endLease;
        registry.load();
        assertThat(registry.isStale()).isTrue();
        registry.poll();
        assertThat(registry.isStale()).isFalse();
    }

    @Test
    void a_process_that_has_left_takes_no_lease_from_the_answer_that_it_was_waiting_for() {
        registry.load();
        assertThat(registry.isStale()).isFalse();
        store.onLook = registry::close;
        registry.poll();
        assertThat(registry.isStale()).isTrue();
    }

    @Test
    void a_process_that_finds_entries_lost_gives_no_verdicts_until_it_is_answered_again() {
        store.joined = LedgerWatch.Joined.LOST;
        registry.load();
        assertThat(registry.isStale()).isTrue();
        registry.poll();
        assertThat(registry.isStale()).isFalse();
    }

    private static final class Store extends DelegatingStore {
        private LedgerWatch.Joined joined = LedgerWatch.Joined.WHOLE;
        private Runnable onJoin = () -> {};
        private Runnable onLook = () -> {};

        Store() {
            super(new InMemoryTokenStore());
        }

        @Override
        public LedgerWatch watch() {
            return new Watch(super.watch()) {
                @Override
                public Joined join() {
                    onJoin.run();
                    return joined;
                }

                @Override
                public long awaitRevision(long after, Duration atMost) {
                    long revision = super.awaitRevision(after, atMost);
                    onLook.run();
                    return revision;
                }
            };
        }
    }
}
