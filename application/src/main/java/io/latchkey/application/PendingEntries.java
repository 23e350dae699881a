package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ledger entries that were seen but not applied yet. While there are any, an unknown secret may belong to a new token,
 * and no verdict can be given on a token that is marked.
 */
final class PendingEntries {
    /** Nothing is pending; the usual case. */
    static final PendingEntries NONE = new PendingEntries();

    /** The changed tokens, each with the revision of its last change. */
    private final Map<TokenId, Long> changed = new ConcurrentHashMap<>();

    /** Marks tokens until the entries with these revisions are applied. */
    void mark(Map<TokenId, Long> tokens) {
        changed.putAll(tokens);
    }

    /** Removes the mark of a token if this entry was its last change. */
    void folded(LedgerEntry entry) {
        changed.computeIfPresent(entry.event().tokenId(), (_, last) -> last <= entry.revision() ? null : last);
    }

    boolean isMarked(TokenId token) {
        return changed.containsKey(token);
    }
}
