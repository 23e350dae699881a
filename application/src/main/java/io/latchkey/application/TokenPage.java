package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.util.List;
import java.util.Optional;

/**
 * A page of tokens, in the order of their ids.
 *
 * @param tokens may be empty even if other pages follow
 * @param next continue after this id; empty on the last page
 */
public record TokenPage(List<ListedToken> tokens, Optional<TokenId> next) {
    public TokenPage {
        tokens = List.copyOf(tokens);
    }
}
