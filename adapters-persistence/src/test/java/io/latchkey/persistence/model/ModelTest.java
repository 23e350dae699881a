package io.latchkey.persistence.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Change;
import io.latchkey.persistence.model.ModelChange.Kind;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Visits all states of the model up to a size and checks its rules in each; {@code -Dlatchkey.model=large} makes it long.
 *
 * <p>Not in the model: expiry and other limits of tokens, permissions, more entries than a process reads at once, and what a
 * disk does.
 */
final class ModelTest {
    private static final System.Logger LOG = System.getLogger(ModelTest.class.getName());
    private static final boolean LARGE =
            System.getProperty("latchkey.model", "small").equals("large");

    /** Changes that the model leaves out, and why. */
    private static final Set<Class<?>> LEFT_OUT = Set.of(
            Change.Register.class, // as the import of a token with one secret
            Change.RecordReuse.class, // changes nothing of what is accepted
            Change.AcceptLedger.class); // of PostgreSQL alone, after a loss that the model does not have

    /** The parts of the model that are visited: all kinds of change by one process, and few by two that may end. */
    private static Stream<Bounds> parts() {
        Set<Kind> all = EnumSet.allOf(Kind.class);
        Set<Kind> few = EnumSet.of(Kind.CREATE, Kind.REVOKE);
        Set<Kind> secrets = EnumSet.of(
                Kind.CREATE,
                Kind.ROTATE,
                Kind.FINISH,
                Kind.UNDO,
                Kind.REVOKE,
                Kind.DISABLE,
                Kind.ENABLE,
                Kind.IMPORT_WITH_KNOWN_SECRET);
        Set<Kind> operator = EnumSet.of(
                Kind.BOOTSTRAP, Kind.CREATE_OPERATOR, Kind.IMPORT, Kind.RECOVER, Kind.ROTATE, Kind.REPORT_LEAK);
        return LARGE
                ? Stream.of(
                        new Bounds(1, 3, 4, 3, 1, all, true, true),
                        new Bounds(1, 2, 6, 3, 0, secrets, false, false),
                        new Bounds(2, 3, 3, 3, 1, few, false, false),
                        new Bounds(2, 2, 3, 4, 1, operator, false, false))
                : Stream.of(
                        new Bounds(1, 3, 3, 1, 0, all, true, true),
                        new Bounds(1, 2, 4, 2, 0, secrets, false, false),
                        new Bounds(2, 3, 2, 3, 0, few, false, false),
                        new Bounds(2, 1, 2, 2, 1, operator, false, false));
    }

    @Test
    void every_rule_holds_in_every_state() {
        Set<Transition> made = new HashSet<>();
        Set<Kind> changes = new HashSet<>();
        parts().forEach(bounds -> {
            long begun = System.nanoTime();
            Explorer.Exploration all = new Explorer(new Model(bounds, Set.of()), EnumSet.allOf(Rule.class)).explore();
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} states, {1} steps, {2} s: {3}",
                    all.states(),
                    all.steps(),
                    (System.nanoTime() - begun) / 1_000_000_000L,
                    bounds);
            assertThat(all.violation()).isEmpty();
            made.addAll(all.made().keySet());
            changes.addAll(all.changes().keySet());
        });
        assertThat(made).containsExactlyInAnyOrder(Transition.values());
        assertThat(changes).containsExactlyInAnyOrder(Kind.values());
    }

    @ParameterizedTest
    @EnumSource
    void a_planted_fault_is_found(Fault fault) {
        // The shortest way to a verdict that is too old is longer, and needs few kinds of change.
        Bounds bounds = fault.violated() == Rule.A_VERDICT_IS_NEW_ENOUGH
                ? new Bounds(2, 3, 2, 3, 0, EnumSet.of(Kind.CREATE, Kind.REVOKE), false, false)
                : new Bounds(2, 3, 3, 2, 1, EnumSet.allOf(Kind.class), true, true);
        Model faulty = new Model(bounds, EnumSet.of(fault));
        Explorer.Exploration found = new Explorer(faulty, EnumSet.of(fault.violated())).explore();
        LOG.log(System.Logger.Level.INFO, "{0}: {1} states; {2}", fault, found.states(), found.violation());
        assertThat(found.violation()).map(Explorer.Violation::rule).contains(fault.violated());
    }

    @Test
    void every_rule_is_violated_by_a_fault() {
        assertThat(Arrays.stream(Fault.values()).map(Fault::violated)).contains(Rule.values());
    }

    @Test
    void every_transition_names_code_that_exists() {
        Stream<String> methods = Stream.concat(
                Arrays.stream(Transition.values()).flatMap(transition -> transition.code().stream()),
                Arrays.stream(Kind.values()).map(kind -> kind.decidedBy() + "#decide"));
        assertThat(methods).isNotEmpty().allSatisfy(method -> {
            List<String> words = List.of(method.split("#"));
            assertThat(Class.forName(words.getFirst()).getDeclaredMethods())
                    .extracting(Method::getName)
                    .contains(words.getLast());
        });
    }

    @Test
    void every_change_is_in_the_model_or_left_out_for_a_reason() {
        Set<String> known = new HashSet<>();
        LEFT_OUT.forEach(change -> known.add(change.getName()));
        Arrays.stream(Kind.values()).forEach(kind -> known.add(kind.decidedBy()));
        assertThat(leaves(Change.class)).map(Class::getName).containsExactlyInAnyOrderElementsOf(known);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ModelTest::leaves)
                : Stream.of(type);
    }
}
