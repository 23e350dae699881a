package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import java.util.List;

/**
 * Brings tokens up to date with the ledger in slices, none of which takes longer than a few milliseconds: first the
 * entries that change tokens, since a secret may have ended, and then all in their order. For the watching thread.
 */
final class CatchUp {
    /** How many entries are read and folded at once. */
    static final int SLICE = 256;

    private final LedgerWatch ledger;
    private final Object folding;
    // Up to which the entries that change tokens have been folded, and up to which their tokens have been marked.
    private long folded;
    private long marked;

    /** @param folding the lock that is held while entries are folded, and never while they are read */
    CatchUp(LedgerWatch ledger, Object folding) {
        this.ledger = ledger;
        this.folding = folding;
    }

    /** Forgets how far it got: the tokens were read again, and the ledger may have other entries than those it saw. */
    void restart() {
        folded = 0;
        marked = 0;
    }

    /** Says that entries are missing in the ledger, so that it does not tell what the tokens are. */
    @SuppressWarnings("serial") // never serialized
    static final class Gap extends RuntimeException {
        Gap(long revision) {
            super("the ledger has no entry " + revision + ", but newer ones");
        }
    }

    /**
     * Goes on by a slice. After it, every entry up to the newest that changes a token has been folded or is marked.
     *
     * @param newest the revision of an entry that is newer than what is known
     * @param before what was returned the last time
     * @return what is still to be folded
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
        long known = tokens.revision();
        if (known >= newest) {
            return; // they were this process' own
        }
        List<LedgerEntry> slice = ledger.tail(known, SLICE);
        long expected = known + 1;
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
