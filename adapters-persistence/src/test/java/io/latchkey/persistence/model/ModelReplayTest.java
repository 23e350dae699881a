package io.latchkey.persistence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.TokenStore;
import io.latchkey.persistence.model.ModelChange.Kind;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays random behaviours of the model against the real stores, with two processes whose threads stop wherever the model
 * may do something else; {@code -Dlatchkey.model.traces=5000} makes it long.
 */
final class ModelReplayTest {
    private static final int TRACES = Integer.getInteger("latchkey.model.traces", 20);
    private static final int STEPS = 60;
    private static final Bounds BOUNDS = new Bounds(2, 3, 20, 20, 4, EnumSet.allOf(Kind.class), true, true);

    @TempDir
    Path directory;

    @Test
    void an_sqlite_file_and_two_processes_behave_as_the_model_says() {
        int[] files = new int[1];
        replayAll(() -> new Files(directory.resolve(files[0]++ + ".db")), Set.of());
    }

    @Test
    void the_fake_store_of_the_tests_behaves_as_the_model_says() {
        replayAll(Shared::new, Set.of());
    }

    @Test
    void a_fault_in_the_model_is_noticed_in_the_replay() {
        for (Fault fault : EnumSet.of(
                Fault.PRECONDITION_IS_NOT_CHECKED,
                Fault.FORMER_SECRETS_MAY_BE_IMPORTED_AGAIN,
                Fault.LEASE_NEVER_ENDS,
                Fault.UNDO_TAKES_AN_ENDED_SECRET)) {
            assertThatThrownBy(() -> replayAll(Shared::new, EnumSet.of(fault)))
                    .as(fault.name())
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static void replayAll(Supplier<RealStores> stores, Set<Fault> faults) {
        Map<Transition, Integer> made = new EnumMap<>(Transition.class);
        Set<String> refusals = new TreeSet<>();
        for (int trace = 0; trace < TRACES; trace++) {
            List<Step> steps = new ArrayList<>();
            try (Replay replay = new Replay(stores.get())) {
                replay(replay, new Model(BOUNDS, faults), new Random(trace), steps);
            } catch (AssertionError e) {
                throw new AssertionError("trace " + trace + " after " + steps, e);
            }
            steps.forEach(step -> made.merge(step.transition(), 1, Integer::sum));
            steps.forEach(step -> step.refusal().ifPresent(refusals::add));
        }
        System.getLogger(ModelReplayTest.class.getName())
                .log(System.Logger.Level.INFO, "{0} traces: {1}; refused: {2}", TRACES, made, refusals);
        assertThat(made).containsOnlyKeys(Transition.values());
        assertThat(refusals).contains("VersionMismatch", "NameTaken", "SecretTaken", "Unauthenticated", "NotFound");
    }

    private static void replay(Replay replay, Model model, Random random, List<Step> made) {
        ModelState state = model.initial();
        for (int i = 0; i < STEPS; i++) {
            Step step = choose(model.steps(state), random);
            made.add(step);
            replay.make(state, step);
            state = step.next();
        }
        replay.checkLedger();
    }

    /** Each transition as often as the others, but for kills and the passing of time, which are rarer; of the changes, mostly those that are made. */
    private static Step choose(List<Step> steps, Random random) {
        List<Transition> transitions =
                steps.stream().map(Step::transition).distinct().toList();
        Transition transition = transitions.get(random.nextInt(transitions.size()));
        boolean isRare = transition == Transition.CRASH || transition == Transition.TICK;
        if (isRare && transitions.size() > 1 && random.nextInt(4) > 0) {
            return choose(
                    steps.stream()
                            .filter(step -> step.transition() != transition)
                            .toList(),
                    random);
        }
        boolean made = random.nextInt(3) > 0;
        List<Step> some = steps.stream()
                .filter(step -> step.transition() == transition)
                .filter(step -> !made || step.refusal().isEmpty())
                .toList();
        return some.isEmpty() ? choose(steps, random) : some.get(random.nextInt(some.size()));
    }

    /** A store in an SQLite file, which each process opens. */
    private record Files(Path file) implements RealStores {
        @Override
        public TokenStore open() {
            return SqliteTokenStore.open(file);
        }

        @Override
        public void leave(TokenStore store) {
            store.close();
        }
    }

    /** A store in memory, which all processes share. */
    private record Shared(InMemoryTokenStore store) implements RealStores {
        Shared() {
            this(new InMemoryTokenStore());
        }

        @Override
        public TokenStore open() {
            return store;
        }

        @Override
        public void leave(TokenStore left) {}
    }
}
