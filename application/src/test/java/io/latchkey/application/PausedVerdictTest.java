package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Verdicts of a process that is suspended while another process revokes the token. */
final class PausedVerdictTest {
    private static final TokenName CI = new TokenName("ci");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Test
    void no_answer_is_a_yes_that_was_over_before_it_was_given() {
        int step = 0;
        for (; true; step++) {
            Stopped process = new Stopped(step, Stopped::revoke);
            Verdict verdict = process.ask();
            if (!process.wasStopped()) {
                assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
                break;
            }
            assertThat(verdict).as("stopped at step %d", step).isEqualTo(Verdict.Unavailable.STALE);
        }
        assertThat(step).as("steps of an answer").isGreaterThanOrEqualTo(2);
    }

    @Test
    void nor_if_the_watching_thread_is_the_first_to_go_on_and_sees_it() {
        int step = 0;
        for (; true; step++) {
            Stopped process = new Stopped(step, stopped -> {
                stopped.revoke();
                stopped.registry.poll();
            });
            Verdict verdict = process.ask();
            if (!process.wasStopped()) {
                break;
            }
            assertThat(verdict).as("stopped at step %d", step).isEqualTo(Verdict.Refused.UNKNOWN);
        }
        assertThat(step).as("steps of an answer").isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_later_verdict_is_correct_wherever_the_watching_thread_was_stopped() {
        int step = 0;
        for (; true; step++) {
            Stopped process = new Stopped(step, stopped -> {
                stopped.revoke();
                assertThat(stopped.ask()).as("asked before it goes on").isEqualTo(Verdict.Unavailable.STALE);
            });
            process.registry.poll();
            if (!process.wasStopped()) {
                break;
            }
            assertThat(process.ask()).as("stopped at step %d", step).isNotInstanceOf(Verdict.Accepted.class);
            process.registry.poll();
            assertThat(process.ask()).as("stopped at step %d", step).isEqualTo(Verdict.Refused.UNKNOWN);
        }
        assertThat(step).as("steps of a look").isGreaterThanOrEqualTo(3);
    }

    /**
     * A process that is stopped once at one of its steps, as by SIGSTOP, by a full collection or with its container. A step
     * is whatever it asks of the world: the time, the clock, the store.
     */
    private static final class Stopped {
        private final ManualClock clock = new ManualClock();
        private final InMemoryTokenStore store = new InMemoryTokenStore();
        private final ActorAccess elsewhere =
                new TokenAuthority(store, clock, new SecureRandom()).actingAs(new Actor.FileOwner());

        private final TokenDigest digest = elsewhere
                .tokens()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret()
                .digest();

        private final Consumer<Stopped> meanwhile;
        private long ticks = Long.MAX_VALUE - 5;
        private int stepsLeft = Integer.MAX_VALUE;
        private final TokenRegistry registry =
                new TokenRegistry(new SteppingStore(), new SteppingClock(), this::ticks, new BackgroundFailures());

        Stopped(int step, Consumer<Stopped> meanwhile) {
            this.meanwhile = meanwhile;
            registry.load();
            assertThat(ask()).isInstanceOf(Verdict.Accepted.class);
            stepsLeft = step;
        }

        Verdict ask() {
            return registry.verdict(digest);
        }

        void revoke() {
            elsewhere.tokens().revoke(CI, Precondition.NONE);
        }

        boolean wasStopped() {
            return stepsLeft < 0;
        }

        private void step() {
            stepsLeft--;
            if (stepsLeft == -1) {
                ticks += PAUSE.toNanos();
                meanwhile.accept(this);
            }
        }

        private long ticks() {
            step();
            return ticks;
        }

        private final class SteppingClock implements InstantSource {
            @Override
            public Instant instant() {
                step();
                return clock.instant();
            }
        }

        private final class SteppingStore extends DelegatingStore {
            SteppingStore() {
                super(Stopped.this.store);
            }

            @Override
            public LedgerWatch watch() {
                return new Watch(super.watch()) {
                    @Override
                    public long awaitRevision(long after, Duration atMost) {
                        step();
                        long revision = super.awaitRevision(after, Duration.ZERO);
                        step();
                        return revision;
                    }

                    @Override
                    public List<LedgerEntry> tail(long revision, int count) {
                        step();
                        List<LedgerEntry> tail = super.tail(revision, count);
                        step();
                        return tail;
                    }
                };
            }
        }
    }
}
