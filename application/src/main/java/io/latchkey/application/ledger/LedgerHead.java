package io.latchkey.application.ledger;

import io.latchkey.domain.TokenFailure;
import java.util.regex.Pattern;

/**
 * A hash of the ledger's chain. An administrator who keeps it elsewhere can prove later that no earlier entry was
 * changed.
 *
 * @param hex a SHA-256 as 64 lowercase hexadecimal digits
 */
public record LedgerHead(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public LedgerHead {
        if (!HEX.matcher(hex).matches()) {
            throw new TokenFailure.Invalid("head", "the head of a ledger is 64 hexadecimal digits");
        }
    }
}
