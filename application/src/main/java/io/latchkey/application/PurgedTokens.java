package io.latchkey.application;

import io.latchkey.domain.Token;
import java.util.List;

/**
 * Tokens that were ended because they had expired long ago.
 *
 * @param tokens as they were
 * @param more whether there may be more of them, which another act would end
 */
public record PurgedTokens(List<Token> tokens, boolean more) {
    /** The most that one act ends. */
    public static final int MOST = 10_000;

    public PurgedTokens {
        tokens = List.copyOf(tokens);
    }
}
