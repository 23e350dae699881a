package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads of an authority do their work by themselves, and take no processor in between. */
final class RestingThreadsTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final TokenSecret secret = authority
            .actingAs(new Actor.FileOwner())
            .tokens()
            .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE)
            .secret();

    @AfterEach
    void close() {
        authority.close();
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    private static boolean rest(String name) {
        List<Thread> all = threads(name);
        return !all.isEmpty() && all.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** The threads store uses at once, and not only after their pause. */
    private void storeUses() {
        Eventually.until(() -> {
            threads("latchkey-uses").forEach(LockSupport::unpark);
            return !store.uses().isEmpty();
        });
    }

    @Test
    void uses_are_stored_without_being_asked_for() {
        authority.start();
        authority.authenticate(secret);
        storeUses();
        assertThat(store.uses()).hasSize(1);
    }

    @Test
    void verdicts_go_into_the_history_of_the_minute_in_which_they_were_given() {
        authority.start();
        authority.authenticate(secret);
        storeUses();
        clock.advance(Duration.ofMinutes(1));
        assertThat(authority.verdictsOfLastHour().get(58).counts().accepted()).isEqualTo(1);
        assertThat(authority.verdictsOfLastHour().get(59).counts().accepted()).isZero();
    }

    @Test
    void the_thread_that_stores_uses_rests() {
        authority.start();
        Eventually.until(() -> rest("latchkey-uses"));
    }

    @Test
    void the_thread_that_follows_the_ledger_rests_although_the_store_fails() {
        authority.start();
        store.breakDown();
        Eventually.until(() -> authority.failures().count(BackgroundFailures.Work.LEDGER_WATCH) > 1);
        Eventually.until(() -> rest("latchkey-ledger-watch"));
        store.repair();
    }

    @Test
    void the_ledger_is_verified_without_being_asked_again() {
        assertThat(authority.ledgerHealth()).isEqualTo(LedgerHealth.UNKNOWN);
        authority.auditLedger();
        Eventually.until(() -> authority.ledgerHealth() == LedgerHealth.INTACT);
    }
}
