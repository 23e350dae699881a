package io.latchkey.application.transfer;

import io.latchkey.domain.Token;
import java.util.List;

/**
 * The result of an import, or of its dry run.
 *
 * @param imported number of tokens that did not exist before
 * @param reactivated imported tokens whose secret was revoked or replaced here before and is valid again
 */
public record ImportResult(int imported, List<Token> reactivated) {
    public ImportResult {
        reactivated = List.copyOf(reactivated);
    }
}
