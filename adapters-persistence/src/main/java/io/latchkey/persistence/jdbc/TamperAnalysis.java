package io.latchkey.persistence.jdbc;

import io.latchkey.application.TokenStore.LedgerCheck.Flaw;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What was done to a ledger at the first place where its chain breaks, as far as what is left of it tells.
 *
 * <p>Who can write the file can lie about this, too, but not about the place: nothing before it was touched.
 *
 * @param chain walked up to the break
 * @param rest all rows from there on
 */
record TamperAnalysis(LedgerChain chain, List<LedgerRow> rest) {
    private static final int MOST_TAKEN_AWAY = 10_000;

    Flaw flaw() {
        Optional<LedgerRow> here = rest.stream().findFirst().filter(row -> row.revision() == chain.next());
        if (here.isEmpty() || wasWrittenAs(here.get(), chain.next() + 1, lastNumber())) {
            return isElsewhere() ? Flaw.REORDERED : Flaw.REMOVED;
        }
        return isElsewhere() || wasWrittenAs(here.get(), 1, chain.next()) ? Flaw.INSERTED : Flaw.EDITED;
    }

    /** Whether the row that belongs here has another number now. */
    private boolean isElsewhere() {
        return rest.stream()
                .filter(row -> row.revision() != chain.next())
                .map(row -> row.numbered(chain.next()))
                .anyMatch(chain::continuesWith);
    }

    private long lastNumber() {
        return chain.next() + rest.size() + MOST_TAKEN_AWAY;
    }

    /** Whether a row is whole with one of some numbers, and so does not continue the chain only where it stands. */
    private static boolean wasWrittenAs(LedgerRow row, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .anyMatch(revision -> row.hash().equals(LedgerChain.hash(row.numbered(revision))));
    }
}
