package io.latchkey.persistence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.latchkey.application.SteppedProcess;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.Verdict;
import io.latchkey.persistence.model.ModelToken.FormerDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the steps of the model with a real store and real processes, and compares all that can be seen after each. */
final class Replay implements AutoCloseable {
    private final RealStores stores;
    private final TokenStore observer;
    private final Map<Integer, SteppedProcess> processes = new TreeMap<>();
    private final Map<Integer, TokenStore> opened = new HashMap<>();
    private int now;

    Replay(RealStores stores) {
        this.stores = stores;
        this.observer = stores.open();
    }

    void make(ModelState before, Step step) {
        int number = step.process();
        switch (step.transition()) {
            case START -> {
                TokenStore store = stores.open();
                opened.put(number, store);
                processes.put(
                        number,
                        new SteppedProcess(store, () -> RealChange.time(now), () -> RealChange.TICK.toNanos() * now));
            }
            case ASK -> process(number).ask();
            case SEE -> process(number).see();
            case CATCH_UP -> process(number).catchUp();
            case COMMIT -> commit(before, step);
            case TAKE_IN -> process(number).takeIn();
            case ANSWER -> process(number).answer();
            case CRASH -> {
                process(number).kill();
                processes.remove(number);
                stores.leave(Optional.ofNullable(opened.remove(number)).orElseThrow());
            }
            case TICK -> now++;
        }
        compare(step.next());
    }

    private SteppedProcess process(int number) {
        return Optional.ofNullable(processes.get(number)).orElseThrow();
    }

    private void commit(ModelState before, Step step) {
        ModelChange change = step.change().orElseThrow();
        Throwable thrown = catchThrowable(
                () -> process(step.process()).commit(RealChange.of(change, before), RealChange.actor(change, before)));
        if (step.refusal().isEmpty()) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isInstanceOf(TokenFailure.class);
            assertThat(thrown.getClass().getSimpleName())
                    .isEqualTo(step.refusal().get());
        }
    }

    private void compare(ModelState state) {
        TokenStore.Snapshot snapshot = observer.snapshot();
        assertThat(snapshot.revision()).isEqualTo(state.head());
        assertThat(snapshot.tokens().stream().map(Replay::seen))
                .containsExactlyElementsOf(
                        state.tokens().stream().map(Replay::expected).toList());
        processes.forEach((number, process) -> {
            ModelProcess expected = state.processes().get(number);
            assertThat(process.applied()).isEqualTo(expected.applied());
            for (int digest = 1; digest <= state.freshDigest(); digest++) {
                assertThat(modelled(process.verdict(RealChange.digest(digest))))
                        .as("verdict of process %d on secret %d", number, digest)
                        .isEqualTo(state.verdict(expected, digest));
            }
        });
    }

    /** What both have of a token. */
    private record Seen(long id, long version, String name, List<String> secrets, boolean disabled) {}

    private static Seen seen(Token token) {
        return new Seen(
                token.id().value(),
                token.version().number(),
                token.name().value(),
                token.secrets()
                        .digests()
                        .map(digest -> digest + " "
                                + token.secrets()
                                        .former(digest)
                                        .map(FormerSecret::toString)
                                        .orElse("current " + token.secrets().generation()))
                        .toList(),
                token.disablement().isPresent());
    }

    private static Seen expected(ModelToken token) {
        return new Seen(
                token.id() - 1L,
                token.version(),
                RealChange.name(token.name()).value(),
                token.digests()
                        .map(digest -> RealChange.digest(digest) + " "
                                + token.former().stream()
                                        .filter(one -> one.digest() == digest)
                                        .findFirst()
                                        .map(Replay::former)
                                        .map(FormerSecret::toString)
                                        .orElse("current " + token.generation()))
                        .toList(),
                token.disabled());
    }

    private static FormerSecret former(FormerDigest one) {
        return new FormerSecret(
                one.generation(),
                RealChange.digest(one.digest()),
                one.until() == 0 ? Optional.empty() : Optional.of(RealChange.time(one.until())),
                Optional.empty());
    }

    private static ModelVerdict modelled(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> ModelVerdict.ACCEPTED;
            case Verdict.Unavailable _ -> ModelVerdict.STALE;
            case Verdict.Refused refused -> ModelVerdict.valueOf(refused.name());
        };
    }

    /** The ledger must be whole in the end. */
    void checkLedger() {
        assertThat(observer.firstBroken()).isEmpty();
    }

    @Override
    public void close() {
        processes.values().forEach(SteppedProcess::kill);
        opened.values().forEach(stores::leave);
        stores.leave(observer);
    }
}
