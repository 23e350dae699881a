package io.latchkey.persistence.model;

import java.util.Optional;

/**
 * One step of the model.
 *
 * @param process that makes it; 0 if time passes
 * @param refusal why the change is refused, and the state stays as it is
 */
record Step(
        Transition transition, int process, Optional<ModelChange> change, Optional<String> refusal, ModelState next) {
    static Step of(Transition transition, int process, ModelState next) {
        return new Step(transition, process, Optional.empty(), Optional.empty(), next);
    }

    @Override
    public String toString() {
        return (transition == Transition.TICK ? "TICK" : transition + " by process " + process)
                + change.map(one -> ": " + one).orElse("")
                + refusal.map(why -> ", refused: " + why).orElse("");
    }
}
