package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void a_process_that_finds_entries_lost_when_it_reads_all_again_ends_its_lease() {
        registry.load();
        assertThat(registry.isStale()).isFalse();
        store.joined = LedgerWatch.Joined.LOST;
        registry.load();
        assertThat(registry.isStale()).isTrue();
    }

    @Test
    void all_tokens_are_read_again_only_if_the_ledger_does_not_continue() {
        registry.load();
        registry.poll();
        registry.poll();
        assertThat(store.loads).as("the ledger stands still").isEqualTo(1);
        store.onLook = () -> {
            store.onLook = () -> {};
            throw new LedgerWatch.Replaced("another ledger");
        };
        registry.poll();
        assertThat(store.loads).isEqualTo(2);
        registry.poll();
        assertThat(store.loads).isEqualTo(2);
    }

    @Test
    void a_ledger_with_missing_entries_makes_the_tokens_be_read_again() {
        registry.load();
        store.store.append(tokens -> new Change.CreateOperator(
                        TokenSecret.presented("secret").digest())
                .decide(tokens, new Actor.FileOwner(), Instant.EPOCH));
        store.forgetful = true;
        registry.poll();
        assertThat(store.loads).isEqualTo(2);
        assertThat(registry.hasOperator()).isTrue();
    }

    @Test
    void a_process_gives_no_verdicts_any_more_when_the_others_are_told_that_it_has_left() {
        registry.load();
        store.onClose = () -> store.staleAtClose = registry.isStale();
        registry.close();
        assertThat(store.staleAtClose).isTrue();
    }

    private static final class Store extends DelegatingStore {
        private int loads;
        private boolean forgetful;
        private boolean staleAtClose;
        private Runnable onClose = () -> {};
        private LedgerWatch.Joined joined = LedgerWatch.Joined.WHOLE;
        private Runnable onJoin = () -> {};
        private Runnable onLook = () -> {};

        Store() {
            super(new InMemoryTokenStore());
        }

        @Override
        public Snapshot snapshot() {
            loads++;
            return super.snapshot();
        }

        @Override
        public LedgerWatch watch() {
            return new Watch(super.watch()) {
                @Override
                public List<LedgerEntry> tail(long revision, int count) {
                    return forgetful ? List.of() : super.tail(revision, count);
                }

                @Override
                public void close() {
                    onClose.run();
                    super.close();
                }

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
