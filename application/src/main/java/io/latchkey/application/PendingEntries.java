package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entries of the ledger that were seen and are not folded yet, as far as a verdict must know: while there are some, a
 * secret that is not known may be that of a new token, and of a token that one of them changes nothing can be said.
 */
final class PendingEntries {
    /** What there is nearly always. */
    static final PendingEntries NONE = new PendingEntries();

    /** The tokens that are changed, by the last entry that changes each. */
    private final Map<TokenId, Long> changed = new ConcurrentHashMap<>();

    /** Nothing can be said of these tokens until the entries with these revisions have been folded. */
    void mark(Map<TokenId, Long> tokens) {
        changed.putAll(tokens);
    }

    /** An entry has been folded. */
    void folded(LedgerEntry entry) {
        changed.computeIfPresent(entry.event().tokenId(), (_, last) -> last <= entry.revision() ? null : last);
    }

    boolean isMarked(TokenId token) {
        return changed.containsKey(token);
    }
}
