package io.latchkey.persistence.model;

import io.latchkey.persistence.model.ModelProcess.Phase;
import io.latchkey.persistence.model.ModelProcess.Poll;
import io.latchkey.persistence.model.ModelProcess.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All steps from a state of the token store and of the processes that use it, some of them wrong if faults are planted. */
final class Model {
    /** How long an answer of the store allows verdicts, from when the question was sent. */
    static final int LEASE = 2;

    private final Bounds bounds;
    private final Set<Fault> faults;
    private final Decisions decisions;

    Model(Bounds bounds, Set<Fault> faults) {
        this.bounds = bounds;
        this.faults = faults;
        this.decisions = new Decisions(faults);
    }

    ModelState initial() {
        return ModelState.initial(bounds.processes());
    }

    /** In the same order each time; with those that are refused and change nothing. */
    List<Step> steps(ModelState state) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < bounds.processes(); i++) {
            ModelProcess process = state.processes().get(i);
            if (process.up()) {
                poll(state, i, process, steps);
                write(state, i, process, steps);
                if (state.crashes() < bounds.crashes()) {
                    steps.add(Step.of(Transition.CRASH, i, state.crashed(i)));
                }
            } else {
                steps.add(Step.of(Transition.START, i, state.with(i, started(state))));
            }
        }
        if (state.now() < bounds.ticks()) {
            steps.add(Step.of(Transition.TICK, 0, state.later()));
        }
        return steps;
    }

    /** What a process answers about a secret. */
    ModelVerdict verdict(ModelState state, int process, int digest) {
        ModelVerdict verdict = state.verdict(state.processes().get(process), digest);
        return verdict == ModelVerdict.DISABLED && has(Fault.DISABLEMENT_IS_NOT_LOOKED_AT)
                ? ModelVerdict.ACCEPTED
                : verdict;
    }

    private ModelProcess started(ModelState state) {
        int applied = has(Fault.START_GIVES_VERDICTS_WITHOUT_TOKENS) ? 0 : state.head();
        return new ModelProcess(true, applied, 0, state.now() + LEASE, Poll.NONE, Writing.NONE);
    }

    private void poll(ModelState state, int i, ModelProcess process, List<Step> steps) {
        Poll poll = process.poll();
        if (!poll.isUnderWay()) {
            if (process.applied() < state.head() || process.leaseEnd() < state.now() + LEASE) {
                Poll asked = new Poll(state.now(), process.applied(), -1);
                steps.add(Step.of(Transition.ASK, i, state.with(i, process.with(asked))));
            }
        } else if (poll.seen() < 0) {
            Poll seen = new Poll(poll.asked(), poll.known(), state.head());
            steps.add(Step.of(Transition.SEE, i, state.with(i, process.with(seen))));
        } else {
            // All entries that there are now, if one is missing that was there when the store answered.
            int newest = has(Fault.OWN_ENTRY_HIDES_EARLIER_ONES) ? process.newest() : process.applied();
            boolean behind = poll.seen() > poll.known() && newest < poll.seen();
            ModelProcess caughtUp = behind ? process.upTo(state.head()) : process;
            int from = has(Fault.LEASE_COUNTS_FROM_THE_ANSWER) ? state.now() : poll.asked();
            int end = has(Fault.LEASE_NEVER_ENDS) ? Integer.MAX_VALUE : from + LEASE;
            steps.add(Step.of(
                    Transition.CATCH_UP, i, state.with(i, caughtUp.leased(end).with(Poll.NONE))));
        }
    }

    private void write(ModelState state, int i, ModelProcess process, List<Step> steps) {
        Writing writing = process.writing();
        switch (writing.phase()) {
            case NOTHING -> {
                if (state.head() < bounds.changes()) {
                    Changes.in(state, bounds).forEach(change -> steps.add(begin(state, i, process, change)));
                }
            }
            case DECIDED -> {
                ModelEntry entry = writing.entry().orElseThrow();
                int revision = has(Fault.REVISION_COMES_FROM_MEMORY) ? entry.revision() : state.head() + 1;
                ModelEntry late = new ModelEntry(
                        revision, state.now(), entry.change(), entry.before(), entry.after(), i, entry.answered());
                steps.add(Step.of(Transition.COMMIT, i, commit(state, i, process, late)));
            }
            case HALF -> {
                ModelEntry entry = writing.entry().orElseThrow();
                steps.add(Step.of(
                        Transition.COMMIT,
                        i,
                        state.with(entry).with(i, process.with(Writing.of(Phase.COMMITTED, entry.revision())))));
            }
            case COMMITTED ->
                steps.add(Step.of(Transition.TAKE_IN, i, state.with(i, takenIn(process, writing.revision()))));
            case TAKEN_IN -> {
                int revision = writing.revision();
                ModelProcess all = process.with(Writing.NONE);
                int last = has(Fault.OWN_ENTRY_HIDES_EARLIER_ONES) ? 0 : revision - 1;
                for (int earlier = process.applied() + 1; earlier <= last; earlier++) {
                    all = all.fold(earlier);
                }
                ModelState told = state.with(i, all);
                steps.add(Step.of(
                        Transition.ANSWER,
                        i,
                        state.entry(revision).answered()
                                ? told
                                : told.told(revision).answered()));
            }
        }
    }

    private ModelProcess takenIn(ModelProcess process, int revision) {
        ModelProcess next = process.with(Writing.of(Phase.TAKEN_IN, revision));
        if (has(Fault.ANSWER_COMES_BEFORE_THE_REGISTRY)) {
            return next;
        }
        return next.fold(revision);
    }

    private Step begin(ModelState state, int i, ModelProcess process, ModelChange change) {
        return switch (decisions.decide(state, state.tokens(), change)) {
            case Decision.Refused(var why) ->
                new Step(Transition.COMMIT, i, Optional.of(change), Optional.of(why), state);
            case Decision.Done(var before, var after) -> {
                int revision = (has(Fault.REVISION_COMES_FROM_MEMORY) ? process.applied() : state.head()) + 1;
                ModelEntry entry = new ModelEntry(revision, state.now(), change, before, after, i, false);
                yield new Step(
                        Transition.COMMIT, i, Optional.of(change), Optional.empty(), begun(state, i, process, entry));
            }
        };
    }

    private ModelState begun(ModelState state, int i, ModelProcess process, ModelEntry entry) {
        if (has(Fault.DECISION_IS_OUTSIDE_THE_TRANSACTION) || has(Fault.REVISION_COMES_FROM_MEMORY)) {
            return state.with(i, process.with(new Writing(Phase.DECIDED, 0, Optional.of(entry))));
        }
        if (has(Fault.ANSWER_COMES_BEFORE_THE_COMMIT)) {
            return state.answered().with(i, process.with(new Writing(Phase.DECIDED, 0, Optional.of(entry.told()))));
        }
        if (has(Fault.TOKEN_AND_ENTRY_ARE_WRITTEN_APART)) {
            return state.with(ModelState.after(state.tokens(), entry))
                    .with(i, process.with(new Writing(Phase.HALF, 0, Optional.of(entry))));
        }
        return commit(state, i, process, entry);
    }

    private static ModelState commit(ModelState state, int i, ModelProcess process, ModelEntry entry) {
        return state.with(ModelState.after(state.tokens(), entry))
                .with(entry)
                .with(i, process.with(Writing.of(Phase.COMMITTED, state.head() + 1)));
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
