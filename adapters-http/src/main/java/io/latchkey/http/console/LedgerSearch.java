package io.latchkey.http.console;

import io.latchkey.application.LedgerReader;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.TokenName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the newest ledger entries, the newest first. The ledger is read from its beginning only, so this reads pieces of it,
 * the last piece first.
 *
 * @param kinds empty for all
 * @param period when they were made
 * @param before only entries up to this revision
 */
record LedgerSearch(
        Optional<TokenName> token, Optional<String> actor, Set<String> kinds, LedgerPeriod period, long before) {
    /**
     * Entries that were found.
     *
     * @param searchedFrom the revision after which everything was searched; 0 if nothing is left
     */
    record Found(List<LedgerRecord> entries, long searchedFrom) {}

    /**
     * The newest entries.
     *
     * @param most how many
     * @param lookedAt how many entries are examined at most, rounded up to pieces
     */
    Found newest(LedgerReader ledger, int most, int lookedAt) {
        List<LedgerRecord> found = new ArrayList<>();
        long end = before;
        while (end > 0 && found.size() < most && before - end < lookedAt) {
            long start = Math.max(0, end - LedgerQuery.MOST);
            List<LedgerRecord> piece = piece(ledger, start, end).reversed();
            for (LedgerRecord entry : piece) {
                if (found.size() == most) {
                    return new Found(found, found.getLast().revision() - 1);
                }
                found.add(entry);
            }
            end = start;
        }
        return new Found(found, end);
    }

    private List<LedgerRecord> piece(LedgerReader ledger, long start, long end) {
        List<LedgerRecord> piece = new ArrayList<>();
        long after = start;
        while (after < end) {
            LedgerPage page = ledger.page(new LedgerQuery(
                    after,
                    (int) Math.min(LedgerQuery.MOST, end - after),
                    token,
                    period.since(),
                    period.until(),
                    actor,
                    Optional.empty(),
                    kinds));
            page.lines().stream().filter(entry -> entry.revision() <= end).forEach(piece::add);
            after = page.next().orElse(end);
        }
        return piece;
    }
}
