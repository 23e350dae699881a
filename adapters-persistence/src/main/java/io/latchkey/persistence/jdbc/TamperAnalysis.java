package io.latchkey.persistence.jdbc;

import io.latchkey.application.TokenStore.LedgerCheck.Flaw;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Finds out how a ledger was changed at the first row where its hash chain breaks: an edited, removed, inserted or moved
 * row.
 *
 * <p>A guess from the rows that are left: a person who can write the file can also forge the kind of change. The place is
 * certain, because the rows before it are unchanged.
 *
 * @param chain with all rows before the break accepted
 * @param rest all rows from the break on, in the order of their revisions
 */
record TamperAnalysis(LedgerChain chain, List<LedgerRow> rest) {
    /** The largest number of removed rows that is recognised; each costs one hash. */
    private static final int MOST_REMOVED = 10_000;

    /** The kind of change. */
    Flaw flaw() {
        Optional<LedgerRow> here = rest.stream().findFirst().filter(row -> row.revision() == chain.next());
        if (here.isEmpty() || wasWrittenAs(here.get(), chain.next() + 1, lastNumber())) {
            return isElsewhere() ? Flaw.REORDERED : Flaw.REMOVED;
        }
        return isElsewhere() || wasWrittenAs(here.get(), 1, chain.next()) ? Flaw.INSERTED : Flaw.EDITED;
    }

    /** Whether the row that continues the chain is in the ledger under another revision. */
    private boolean isElsewhere() {
        return rest.stream()
                .filter(row -> row.revision() != chain.next())
                .map(row -> row.numbered(chain.next()))
                .anyMatch(chain::continuesWith);
    }

    private long lastNumber() {
        return chain.next() + rest.size() + MOST_REMOVED;
    }

    /** Whether the hash of a row is right for a revision in a range: then its content is unchanged, only its place is wrong. */
    private static boolean wasWrittenAs(LedgerRow row, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .anyMatch(revision -> row.hash().equals(LedgerChain.hash(row.numbered(revision))));
    }
}
