package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.util.List;
import java.util.Optional;

/**
 * Some of the tokens that were asked for, in the order of their ids.
 *
 * @param tokens possibly none, although some follow
 * @param next behind which token to go on; empty if none follows
 */
public record TokenPage(List<ListedToken> tokens, Optional<TokenId> next) {
    public TokenPage {
        tokens = List.copyOf(tokens);
    }
}
