package io.latchkey.application;

import io.latchkey.domain.Token;
import java.util.List;
import java.util.Optional;

/**
 * A token in a list.
 *
 * @param uses how each of its secrets was used, the oldest first; empty also from an authority that notes no uses
 */
public record ListedToken(Token token, List<TokenUse> uses) {
    public ListedToken {
        uses = List.copyOf(uses);
    }

    /** All uses, combined; empty if there are none. */
    public Optional<TokenUse> use() {
        return uses.stream().reduce(TokenUse::and);
    }
}
