package io.latchkey.application.ledger;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of ledger entries, in order.
 *
 * @param next the revision to continue after, which stays valid; empty on the last page
 */
public record LedgerPage(List<LedgerRecord> lines, OptionalLong next) {
    public LedgerPage {
        lines = List.copyOf(lines);
    }
}
