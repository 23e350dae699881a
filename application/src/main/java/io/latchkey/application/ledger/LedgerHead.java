package io.latchkey.application.ledger;

import io.latchkey.domain.TokenFailure;
import java.util.regex.Pattern;

/**
 * A link of the ledger's chain: whoever keeps it elsewhere can tell later that nothing before it was changed.
 *
 * @param hex a SHA-256 in 64 hexadecimal digits, in lower case
 */
public record LedgerHead(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public LedgerHead {
        if (!HEX.matcher(hex).matches()) {
            throw new TokenFailure.Invalid("head", "the head of a ledger is 64 hexadecimal digits");
        }
    }
}
