package io.latchkey.application.ledger;

import java.util.List;
import java.util.OptionalLong;

/**
 * Entries of the ledger, in their order.
 *
 * @param next the revision to go on after, which is as good tomorrow; empty if there is nothing more
 */
public record LedgerPage(List<LedgerRecord> lines, OptionalLong next) {
    public LedgerPage {
        lines = List.copyOf(lines);
    }
}
