package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import java.util.List;
import java.util.Map;

/**
 * Polls the newest entries of a ledger over its own connection and lock, so that readers and writers of the store never
 * delay it.
 *
 * <p>Every method throws {@link AuthorityUnavailable} when the store cannot be read.
 */
public interface LedgerWatch extends AutoCloseable {
    /** The revision of the newest entry, by any process; 0 if there is none. Takes microseconds when nothing changed. */
    long revision();

    /** At most {@code count} entries after a revision, in order. */
    List<LedgerEntry> tail(long revision, int count);

    /**
     * At most {@code count} entries after one revision and up to another that change an existing token, in order;
     * entries that only create a token are left out.
     */
    List<LedgerEntry> changes(long after, long upTo, int count);

    /** The tokens that such entries change, each with the revision of its last change. */
    Map<TokenId, Long> changed(long after, long upTo);

    @Override
    void close();
}
