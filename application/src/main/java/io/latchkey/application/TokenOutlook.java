package io.latchkey.application;

import io.latchkey.domain.TokenState;
import java.util.List;
import java.util.Map;

/**
 * How many tokens there are, as far as an actor may see them.
 *
 * @param states how many are in each state; a state without tokens is missing
 * @param ends how many expire on each of the next days of 24 hours, the first of which begins now
 */
public record TokenOutlook(Map<TokenState, Long> states, List<Long> ends) {
    public TokenOutlook {
        states = Map.copyOf(states);
        ends = List.copyOf(ends);
    }
}
