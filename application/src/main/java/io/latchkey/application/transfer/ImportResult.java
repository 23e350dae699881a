package io.latchkey.application.transfer;

import io.latchkey.domain.Token;
import java.util.List;

/**
 * Tokens of another instance that came into this one, or would.
 *
 * @param imported how many were not there before
 * @param reactivated those among them whose secret was revoked or replaced here once, and is live again
 */
public record ImportResult(int imported, List<Token> reactivated) {
    public ImportResult {
        reactivated = List.copyOf(reactivated);
    }
}
