package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReuseDetectorTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = authority();
    private final TokenAuthority elsewhere = authority();
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());
    private final TokenSecret first =
            owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE).secret();

    private TokenAuthority authority() {
        return new ManualTicker().authority(store, clock);
    }

    @BeforeEach
    void start() {
        authority.start();
        elsewhere.start();
    }

    @AfterEach
    void close() {
        elsewhere.close();
        authority.close();
    }

    private TokenSecret rotate(Duration grace) {
        return owner.tokens()
                .rotate(CI, new GracePeriod(grace), Optional.empty(), Precondition.NONE)
                .secret();
    }

    private List<Integer> alarms() {
        return store.tail(0).stream()
                .map(LedgerEntry::event)
                .filter(TokenEvent.RetiredSecretPresented.class::isInstance)
                .map(TokenEvent.RetiredSecretPresented.class::cast)
                .map(TokenEvent.RetiredSecretPresented::generation)
                .toList();
    }

    @Test
    void a_secret_after_its_grace_period_is_refused_and_reported() {
        TokenSecret second = rotate(Duration.ofHours(1));
        assertThat(authority.authenticate(first)).isInstanceOf(Verdict.Accepted.class);
        clock.advance(Duration.ofHours(1));
        assertThat(authority.authenticate(first)).isEqualTo(Verdict.Refused.RETIRED);
        Eventually.until(() -> alarms().equals(List.of(1)));
        assertThat(store.tail(2).getFirst().event().actor()).isEqualTo(new Actor.ReuseDetector());
        assertThat(authority.authenticate(second)).isInstanceOf(Verdict.Accepted.class);
        assertThat(authority.authenticate(first)).as("nothing is killed").isEqualTo(Verdict.Refused.RETIRED);
    }

    @Test
    void reuse_is_recorded_once_an_hour_by_all_processes_together() {
        rotate(Duration.ZERO);
        Eventually.until(() -> elsewhere.authenticate(first) == Verdict.Refused.RETIRED);
        Eventually.until(() -> alarms().equals(List.of(1)));
        for (int minute = 1; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            authority.authenticate(first);
            elsewhere.authenticate(first);
        }
        assertThat(alarms()).containsExactly(1);
        clock.advance(Duration.ofMinutes(1));
        authority.authenticate(first);
        elsewhere.authenticate(first);
        Eventually.until(() -> alarms().equals(List.of(1, 1)));
        rotate(Duration.ZERO);
        clock.advance(Change.RecordReuse.QUIET);
        authority.authenticate(first);
        Eventually.until(() -> alarms().equals(List.of(1, 1, 1)));
    }

    @Test
    void reuse_that_could_not_be_recorded_is_recorded_at_the_next_use() {
        rotate(Duration.ZERO);
        store.breakDown();
        assertThat(authority.authenticate(first)).isEqualTo(Verdict.Refused.RETIRED);
        store.repair();
        Eventually.until(() -> {
            authority.authenticate(first);
            return alarms().equals(List.of(1));
        });
    }

    @Test
    void a_reuse_is_told_in_the_log_with_the_token_and_the_generation() {
        List<String> told = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(ReuseDetector.class.getName());
        Optional<Level> before = Optional.ofNullable(log.getLevel());
        log.setLevel(Level.ALL); // random operations, which raise many alarms, keep it quiet
        log.addHandler(handler);
        try {
            rotate(Duration.ZERO);
            authority.authenticate(first);
            Eventually.until(() -> !told.isEmpty());
        } finally {
            log.removeHandler(handler);
            log.setLevel(before.orElse(null));
        }
        assertThat(told).containsExactly("a retired secret of token 0 \"ci\" (generation 1) was presented and refused");
        assertThat(authority.failures().count(BackgroundFailures.Work.ALARMS)).isZero();
    }

    @Test
    void a_reuse_that_was_noticed_is_recorded_before_the_end() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        rotate(Duration.ZERO);
        TokenStore slow = new DelegatingStore(store) {
            @Override
            public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.appendAll(decisions);
            }
        };
        TokenAuthority other = new ManualTicker().authority(slow, clock);
        other.start();
        assertThat(other.authenticate(first)).isEqualTo(Verdict.Refused.RETIRED);
        Thread ending = new Thread(other::close, "ending");
        ending.start();
        Eventually.until(() -> ending.getState() == Thread.State.TIMED_WAITING);
        assertThat(alarms()).isEmpty();
        free.countDown();
        ending.join();
        assertThat(alarms()).containsExactly(1);
    }

    @Test
    void the_verdict_says_which_secret_it_was() {
        TokenSecret second = rotate(Duration.ofHours(1));
        assertThat(generation(first)).isEqualTo(1);
        assertThat(generation(second)).isEqualTo(2);
        owner.tokens().undoRotation(CI, Precondition.NONE);
        assertThat(generation(first)).isEqualTo(1);
        assertThat(authority.authenticate(second)).isEqualTo(Verdict.Refused.RETIRED);
    }

    private int generation(TokenSecret secret) {
        return ((Verdict.Accepted) authority.authenticate(secret)).generation();
    }

    @Test
    void former_secrets_of_a_deleted_token_are_unknown() {
        TokenSecret second = rotate(Duration.ofHours(1));
        owner.tokens().revoke(CI, Precondition.NONE);
        assertThat(authority.authenticate(first)).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(authority.authenticate(second)).isEqualTo(Verdict.Refused.UNKNOWN);
    }
}
