package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import java.util.List;

/**
 * Applies ledger entries to the tokens in slices of a few milliseconds each: first the entries that change existing
 * tokens, because a secret may have become invalid, then all entries in order. Used by the watching thread only.
 */
final class CatchUp {
    /** Number of entries that are read and applied at once. */
    static final int SLICE = 256;

    private final LedgerWatch ledger;
    private final Object folding;
    // Revisions: changes of existing tokens are applied up to the first, and their tokens are marked up to the
    // second.
    private long folded;
    private long marked;

    /** @param folding lock that is held while entries are applied, and not while they are read */
    CatchUp(LedgerWatch ledger, Object folding) {
        this.ledger = ledger;
        this.folding = folding;
    }

    /** Starts again from the tokens, which were loaded anew; the ledger may have other entries than before. */
    void restart() {
        folded = 0;
        marked = 0;
    }

    /** The ledger misses entries, so the tokens cannot be derived from it. */
    @SuppressWarnings("serial") // never serialized
    static final class Gap extends RuntimeException {
        Gap(long revision) {
            super("the ledger has no entry " + revision + ", but newer ones");
        }
    }

    /**
     * Applies one slice. Afterwards, every entry up to the newest that changes an existing token is applied, or its
     * token is marked.
     *
     * @param newest revision of an entry that is newer than the tokens
     * @param before result of the previous call
     * @return the entries that are still to be applied
     * @throws Gap if entries are missing
     */
    PendingEntries step(TokenIndex tokens, long newest, PendingEntries before) {
        if (newest - tokens.revision() <= SLICE) {
            foldSlice(tokens, newest);
            return PendingEntries.NONE;
        }
        PendingEntries backlog = before == PendingEntries.NONE ? new PendingEntries() : before;
        foldChanges(tokens, newest, backlog);
        foldSlice(tokens, newest);
        return tokens.revision() < newest ? backlog : PendingEntries.NONE;
    }

    private void foldChanges(TokenIndex tokens, long newest, PendingEntries backlog) {
        folded = Math.max(folded, tokens.revision());
        List<LedgerEntry> changes = ledger.changes(folded, newest, SLICE);
        if (changes.size() < SLICE) {
            folded = newest;
        } else {
            folded = changes.getLast().revision();
            marked = Math.max(marked, folded);
            backlog.mark(ledger.changed(marked, newest));
        }
        marked = newest;
        fold(tokens, changes);
        changes.forEach(backlog::folded);
    }

    private void foldSlice(TokenIndex tokens, long newest) {
        long revision = tokens.revision();
        if (revision >= newest) {
            return; // already applied: written by this process
        }
        List<LedgerEntry> slice = ledger.tail(revision, SLICE);
        long expected = revision + 1;
        for (LedgerEntry entry : slice) {
            if (entry.revision() != expected) {
                throw new Gap(expected);
            }
            expected++;
        }
        if (slice.isEmpty()) {
            throw new Gap(expected);
        }
        fold(tokens, slice);
    }

    private void fold(TokenIndex tokens, List<LedgerEntry> entries) {
        synchronized (folding) {
            entries.forEach(tokens::fold);
        }
    }
}
