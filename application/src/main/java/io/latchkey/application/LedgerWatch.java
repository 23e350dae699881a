package io.latchkey.application;

import java.util.List;

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

    @Override
    void close();
}
