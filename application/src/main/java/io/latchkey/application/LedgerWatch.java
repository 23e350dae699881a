package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the newest entries of a ledger over its own connection and lock, so that readers and writers of the store never
 * delay it.
 *
 * <p>Every method throws {@link AuthorityUnavailable} when the store cannot be read.
 */
public interface LedgerWatch extends AutoCloseable {
    /**
     * Announces this process to those who wait until every process has applied a change; to be called before it gives its
     * first verdict, and before it reads the tokens. Does nothing in a store whose processes do not know of each other.
     *
     * @return whether the ledger has all entries that are known to have been written; if not, no verdicts may be given until
     *     {@link #awaitRevision} returns or throws {@link Replaced}
     */
    default Joined join() {
        return Joined.WHOLE;
    }

    /** The state of the ledger when a process joins. */
    enum Joined {
        WHOLE,
        LOST
    }

    /** What the ledger is known to have lost; from memory. */
    default Optional<LedgerLoss> loss() {
        return Optional.empty();
    }

    /**
     * Waits for an entry after a revision, written by any process.
     *
     * <p>A store that is notified of new entries returns as soon as there is one. A store that has to poll waits for the
     * whole time and then looks once, which takes microseconds when nothing changed.
     *
     * @param atMost zero to look at once
     * @return the revision of the newest entry, whether there is a newer one or not; 0 if there is none
     * @throws Replaced if the ledger does not continue what was read before; once
     */
    long awaitRevision(long after, Duration atMost);

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

    /** The ledger does not continue the entries that were read before: all tokens must be read again. */
    @SuppressWarnings("serial") // never serialized
    final class Replaced extends RuntimeException {
        public Replaced(String reason) {
            super(reason);
        }
    }
}
