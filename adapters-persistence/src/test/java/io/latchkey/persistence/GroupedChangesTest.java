package io.latchkey.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.Eventually;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.persistence.postgresql.Postgres;
import io.latchkey.persistence.postgresql.PostgresTokenStore;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait while another is decided, and then are written together. */
final class GroupedChangesTest {
    private static final Actor OWNER = new Actor.FileOwner();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private static Function<Tokens, TokenEvent> create(String name) {
        Change create = new Change.CreateNamed(
                new TokenName(name), TokenSecret.generate(RANDOM).digest(), Lifetime.UNLIMITED, Description.NONE);
        return tokens -> create.decide(tokens, OWNER, NOW);
    }

    private static Function<Tokens, TokenEvent> revoke(String name) {
        return tokens -> new Change.Revoke(new TokenName(name), Precondition.NONE).decide(tokens, OWNER, NOW);
    }

    /** Does not ask whether the name is taken, so that only the database refuses it. */
    private static Function<Tokens, TokenEvent> force(String name) {
        return tokens -> new TokenEvent.Issued(
                OWNER, NOW, SampleTokens.named(tokens.nextId().value(), name, "77", Expiry.NEVER));
    }

    /** Begins a request and waits until it waits. */
    private static FutureTask<List<LedgerEntry>> request(
            TokenStore store, List<Function<Tokens, TokenEvent>> decisions) {
        FutureTask<List<LedgerEntry>> request = new FutureTask<>(() -> store.appendAll(decisions));
        Thread thread = Thread.ofPlatform().start(request);
        Eventually.until(() -> thread.getState() == Thread.State.WAITING);
        return request;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(FutureTask<List<LedgerEntry>> request) {
        return assertThatThrownBy(request::get).cause();
    }

    @Test
    void each_is_done_or_refused_by_itself_in_a_file(@TempDir Path folder) throws Exception {
        try (TokenStore store = SqliteTokenStore.open(folder.resolve("latchkey.db"))) {
            check(store);
        }
    }

    @Test
    void each_is_done_or_refused_by_itself_in_PostgreSQL() throws Exception {
        try (TokenStore store = PostgresTokenStore.open(Postgres.database())) {
            check(store);
        }
    }

    private static void check(TokenStore store) throws Exception {
        store.appendAll(List.of(create("old"), create("taken")));
        // Without, and then with a request that makes the common transaction fail.
        together(store, "a ", List.of());
        together(store, "b ", List.of(force("taken")));
        assertThat(store.firstBroken()).isEmpty();
    }

    private static void together(TokenStore store, String prefix, List<Function<Tokens, TokenEvent>> forced)
            throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Function<Tokens, TokenEvent> first = create(prefix + "first");
        long before = store.revision();
        var leader = request(store, List.of(tokens -> {
            await(waiting);
            return first.apply(tokens);
        }));
        var alone = request(store, List.of(create(prefix + "alone")));
        var refused = request(store, List.of(create("taken")));
        var buggy = request(store, List.of(_ -> {
            throw new ArithmeticException("a bug");
        }));
        var partly = request(store, List.of(create(prefix + "partly"), create("taken")));
        var partlyAgain = request(store, List.of(create(prefix + "partly")));
        var second = request(store, List.of(create(prefix + "partly")));
        var replaced = request(store, List.of(revoke("old"), create("old")));
        var renamed = request(store, List.of(revoke(prefix + "alone"), tokens -> {
            assertThat(tokens.isEmpty()).isFalse();
            assertThat(tokens.find(new TokenName(prefix + "alone"))).isEmpty();
            return create(prefix + "last").apply(tokens);
        }));
        var violating = forced.stream()
                .map(decision -> request(store, List.of(decision)))
                .toList();
        waiting.countDown();

        assertThat(leader.get()).hasSize(1);
        assertThat(alone.get()).hasSize(1);
        failure(refused).isInstanceOf(TokenFailure.NameTaken.class);
        failure(buggy).isInstanceOf(ArithmeticException.class);
        failure(partly).isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(partlyAgain.get()).hasSize(1);
        failure(second).isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(replaced.get()).hasSize(2);
        assertThat(renamed.get()).hasSize(2);
        violating.forEach(request -> failure(request).isInstanceOf(TokenFailure.NameTaken.class));
        assertThat(store.tail(before))
                .extracting(LedgerEntry::revision)
                .containsExactly(before + 1, before + 2, before + 3, before + 4, before + 5, before + 6, before + 7);
        assertThat(store.tail(before)).containsAll(replaced.get()).containsAll(renamed.get());
        assertThat(store.snapshot().tokens())
                .extracting(token -> token.name().value())
                .contains("old", "taken", prefix + "first", prefix + "partly", prefix + "last")
                .doesNotContain(prefix + "alone");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
