package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import java.util.List;
import java.util.Map;

/**
 * The end of a store's ledger, for the thread that watches it: over a connection and behind a lock of its own, so that
 * nobody who reads or writes the store makes it wait.
 *
 * <p>Every method fails with an {@link AuthorityUnavailable} when the store cannot be read.
 */
public interface LedgerWatch extends AutoCloseable {
    /** The revision of the newest entry, by any process; 0 if there is none. Takes microseconds when nothing changed. */
    long revision();

    /** The first {@code count} entries that follow a revision, in order. */
    List<LedgerEntry> tail(long revision, int count);

    /**
     * The first {@code count} entries after one revision and up to another that change a token that was there before, in
     * order: all but those that only add one.
     */
    List<LedgerEntry> changes(long after, long upTo, int count);

    /** The tokens that such entries change, each with the revision of the last that does. */
    Map<TokenId, Long> changed(long after, long upTo);

    @Override
    void close();
}
