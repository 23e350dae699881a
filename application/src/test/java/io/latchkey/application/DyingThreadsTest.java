package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an authority's own threads do when something fails that should not: none of them ends without a word. */
final class DyingThreadsTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final FailingStore store = new FailingStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());
    private final TokenSecret retired =
            owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE).secret();

    private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final Optional<Thread.UncaughtExceptionHandler> before =
            Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler());

    /** A store of which one part fails. */
    private static final class FailingStore extends DelegatingStore {
        private volatile Optional<Throwable> looking = Optional.empty();
        private volatile Optional<Throwable> appending = Optional.empty();

        FailingStore() {
            super(new InMemoryTokenStore());
        }

        @Override
        public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
            fail(appending);
            return super.appendAll(decisions);
        }

        @Override
        public LedgerWatch watch() {
            return new Watch(super.watch()) {
                @Override
                public long awaitRevision(long after, Duration atMost) {
                    fail(looking);
                    return super.awaitRevision(after, atMost);
                }
            };
        }

        private static void fail(Optional<Throwable> failure) {
            switch (failure.orElse(null)) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> {}
            }
        }
    }

    @BeforeEach
    void start() {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> ended.add(thread.getName() + ": " + failure.getMessage()));
        owner.tokens().rotate(CI, GracePeriod.NONE, Optional.empty(), Precondition.NONE);
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
        Thread.setDefaultUncaughtExceptionHandler(before.orElse(null));
    }

    @Test
    void an_error_of_the_watching_thread_reaches_the_fatal_error_handler() throws Exception {
        store.looking = Optional.of(new OutOfMemoryError("made"));
        assertThat(ended.poll(1, TimeUnit.MINUTES)).isEqualTo("latchkey-ledger-watch: made");
    }

    @Test
    void an_error_of_the_alarm_thread_does_so_too() throws Exception {
        store.appending = Optional.of(new NoClassDefFoundError("made"));
        authority.authenticate(retired);
        assertThat(ended.poll(1, TimeUnit.MINUTES)).isEqualTo("latchkey-alarms: made");
    }

    @Test
    void an_exception_is_counted_and_the_work_goes_on() {
        BackgroundFailures failures = authority.failures();
        assertThat(failures.count(BackgroundFailures.Work.LEDGER_WATCH)).isZero();
        store.looking = Optional.of(new IllegalStateException("made"));
        Eventually.until(() -> failures.count(BackgroundFailures.Work.LEDGER_WATCH) > 1);
        store.looking = Optional.empty();
        Eventually.until(authority::givesVerdicts);
        store.appending = Optional.of(new IllegalStateException("made"));
        authority.authenticate(retired);
        Eventually.until(() -> failures.count(BackgroundFailures.Work.ALARMS) == 1);
        assertThat(failures.count(BackgroundFailures.Work.TOKEN_USES)).isZero();
        assertThat(ended).isEmpty();
    }
}
