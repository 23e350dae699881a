package io.latchkey.application;

import java.util.List;

/**
 * A part of the result of a {@link TokenSearch}.
 *
 * @param matches how many tokens match
 * @param all how many tokens the actor may see
 */
public record FoundTokens(List<ListedToken> tokens, int matches, int all) {
    public FoundTokens {
        tokens = List.copyOf(tokens);
    }
}
