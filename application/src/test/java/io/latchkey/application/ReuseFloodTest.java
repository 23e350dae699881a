package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What retired secrets may cost that are presented again and again: whoever presents them needs no other credential. */
final class ReuseFloodTest {
    private static final int QUEUED = 1_000;

    private final ManualClock clock = new ManualClock();
    private final BackgroundFailures failures = new BackgroundFailures();
    private final Store store = new Store();
    private final TokenRegistry registry = new TokenRegistry(store, clock, new ManualTicker(), failures);
    private final ReuseDetector detector = new ReuseDetector(store, registry, clock, failures);

    /** Counts what it is asked to record, and records nothing, because there are no tokens. */
    private static final class Store extends DelegatingStore {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private volatile CountDownLatch free = new CountDownLatch(0);

        private final InMemoryTokenStore real;

        Store() {
            this(new InMemoryTokenStore());
        }

        private Store(InMemoryTokenStore real) {
            super(real);
            this.real = real;
        }

        @Override
        public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
            asked.incrementAndGet();
            reached.countDown();
            try {
                free.await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return super.appendAll(decisions);
        }
    }

    @AfterEach
    void close() {
        store.free.countDown();
        detector.close();
    }

    private static TokenDigest secret(int number) {
        return TokenSecret.presented("secret " + number).digest();
    }

    /** How often the store was asked, once everything is done that was begun. */
    private int asked() {
        detector.close();
        return store.asked.get();
    }

    @Test
    void a_secret_that_is_presented_within_a_minute_costs_the_store_nothing() {
        detector.raise(secret(1));
        clock.advance(Duration.ofSeconds(30));
        detector.raise(secret(1));
        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        detector.raise(secret(1));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void a_minute_counts_from_the_last_record_and_not_from_the_last_use() {
        detector.raise(secret(1));
        clock.advance(Duration.ofSeconds(30));
        detector.raise(secret(1));
        clock.advance(Duration.ofSeconds(30));
        detector.raise(secret(1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void a_clock_that_is_set_back_does_not_silence_a_secret() {
        detector.raise(secret(1));
        clock.advance(Duration.ofMinutes(-1));
        detector.raise(secret(1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void a_thousand_secrets_are_remembered_and_of_more_the_memory_is_given_back() {
        for (int number = 0; number < QUEUED; number++) {
            detector.raise(secret(number));
        }
        Eventually.until(() -> store.asked.get() == QUEUED);
        detector.raise(secret(0));
        detector.raise(secret(QUEUED));
        Eventually.until(() -> store.asked.get() > QUEUED);
        assertThat(store.asked).hasValue(QUEUED + 1);
        detector.raise(secret(0));
        assertThat(asked()).isEqualTo(QUEUED + 2);
    }

    @Test
    void a_secret_for_which_there_was_no_room_is_recorded_at_its_next_use() throws InterruptedException {
        store.free = new CountDownLatch(1);
        detector.raise(secret(0));
        store.reached.await();
        for (int number = 1; number <= QUEUED; number++) {
            detector.raise(secret(number));
        }
        detector.raise(secret(QUEUED + 1));
        store.free.countDown();
        Eventually.until(() -> store.asked.get() == QUEUED + 1);
        detector.raise(secret(QUEUED + 1));
        assertThat(asked()).isEqualTo(QUEUED + 2);
    }

    @Test
    void a_failure_to_record_is_counted() {
        store.real.breakDown();
        detector.raise(secret(1));
        assertThat(asked()).isEqualTo(1);
        assertThat(failures.count(BackgroundFailures.Work.ALARMS)).isEqualTo(1);
    }

    @Test
    void a_thread_that_is_told_to_end_waits_for_no_record() throws InterruptedException {
        store.free = new CountDownLatch(1);
        detector.raise(secret(0));
        store.reached.await();
        Thread.currentThread().interrupt();
        detector.close();
        assertThat(Thread.interrupted()).as("and stays told").isTrue();
        store.interrupted.await();
    }

    @Test
    void a_recorded_reuse_is_applied_at_once() {
        TokenName ci = new TokenName("ci");
        record(new Change.CreateNamed(ci, secret(1), Lifetime.UNLIMITED, Description.NONE));
        record(new Rotation.Begin(ci, secret(2), GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        registry.load();
        detector.raise(secret(1));
        detector.close();
        assertThat(store.revision()).isEqualTo(3);
        assertThat(registry.revision()).isEqualTo(3);
        assertThat(failures.count(BackgroundFailures.Work.ALARMS)).isZero();
    }

    private void record(Change change) {
        store.store.append(tokens -> change.decide(tokens, new Actor.FileOwner(), clock.instant()));
    }
}
