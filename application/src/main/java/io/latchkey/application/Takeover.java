package io.latchkey.application;

import io.latchkey.domain.Token;
import java.util.List;

/**
 * Tokens of another instance that came into this one, or would.
 *
 * @param adopted how many were not there before
 * @param revived those among them whose secret was revoked or replaced here once, and is live again
 */
public record Takeover(int adopted, List<Token> revived) {
    public Takeover {
        revived = List.copyOf(revived);
    }
}
