package io.latchkey.persistence.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Visits all states of a model, those that take fewer steps first, and checks the rules in each. */
final class Explorer {
    private final Model model;
    private final Set<Rule> rules;
    private final LongSet visited = new LongSet();
    private final ArrayDeque<ModelState> waiting = new ArrayDeque<>();
    private final Map<Transition, Long> made = new EnumMap<>(Transition.class);
    private final Map<ModelChange.Kind, Long> changes = new EnumMap<>(ModelChange.Kind.class);
    // For each state that was visited: that from which it was reached, and by which of its steps.
    private int[] parents = new int[1 << 16];
    private short[] choices = new short[1 << 16];
    private int states;
    private long steps;

    Explorer(Model model, Set<Rule> rules) {
        this.model = model;
        this.rules = rules;
    }

    /**
     * What was visited.
     *
     * @param made how often each transition was made
     * @param changes how often a change of each kind was made
     */
    record Exploration(
            int states,
            long steps,
            Map<Transition, Long> made,
            Map<ModelChange.Kind, Long> changes,
            Optional<Violation> violation) {}

    /** @param path the shortest that leads to it */
    record Violation(Rule rule, List<Step> path) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(rule + " is violated after");
            path.forEach(step -> text.append("\n  ").append(step));
            return text.toString();
        }
    }

    Exploration explore() {
        visit(model.initial(), -1, 0);
        for (int number = 0; !waiting.isEmpty(); number++) {
            ModelState state = waiting.remove();
            List<Step> next = model.steps(state);
            for (int choice = 0; choice < next.size(); choice++) {
                Step step = next.get(choice);
                if (step.refusal().isPresent()) {
                    continue;
                }
                steps++;
                made.merge(step.transition(), 1L, Long::sum);
                step.change().ifPresent(change -> changes.merge(change.kind(), 1L, Long::sum));
                Optional<Rule> violated = violated(state, step.next());
                if (violated.isPresent()) {
                    List<Step> path = path(number);
                    path.add(step);
                    return result(Optional.of(new Violation(violated.get(), path)));
                }
                visit(step.next(), number, choice);
            }
        }
        return result(Optional.empty());
    }

    private Exploration result(Optional<Violation> violation) {
        return new Exploration(states, steps, Map.copyOf(made), Map.copyOf(changes), violation);
    }

    /** The rules are checked before it is known whether a like state was visited: it may have been reached by a better step. */
    private Optional<Rule> violated(ModelState before, ModelState state) {
        for (Rule rule : rules) {
            if (rule.isAbout(before, state) && !rule.holds(model, state)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private void visit(ModelState state, int parent, int choice) {
        if (!visited.add(Fingerprint.of(state))) {
            return;
        }
        if (states == parents.length) {
            parents = Arrays.copyOf(parents, states * 2);
            choices = Arrays.copyOf(choices, states * 2);
        }
        parents[states] = parent;
        choices[states] = (short) choice;
        states++;
        waiting.add(state);
    }

    private List<Step> path(int number) {
        ArrayDeque<Integer> taken = new ArrayDeque<>();
        for (int at = number; parents[at] >= 0; at = parents[at]) {
            taken.push((int) choices[at]);
        }
        List<Step> path = new ArrayList<>();
        ModelState state = model.initial();
        for (int choice : taken) {
            Step step = model.steps(state).get(choice);
            path.add(step);
            state = step.next();
        }
        return path;
    }
}
