package io.latchkey.application.notification;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was told of the tokens in a store, kept for good beside them: no part of the ledger, since it changes no token.
 *
 * <p>Every method fails with an {@link AuthorityUnavailable} when the store cannot be read or written.
 */
public interface DeliveryProgress extends AutoCloseable {
    /**
     * Where it was left.
     *
     * @param revision where it begins if nothing was ever to be told of these tokens
     * @param now the same of the ends that they have
     */
    Progress resume(long revision, Instant now);

    /**
     * Goes on, and survives a power cut when this returns.
     *
     * @param changes how far the ledger was told; of lower revisions than before, nothing changes
     * @param ends that were told beside it; that of a token that is gone is forgotten
     */
    void record(Changes changes, List<End> ends);

    @Override
    void close();

    /**
     * How far it has come.
     *
     * @param since when it began: ends that were over then are not told
     * @param ends the last that was told of each token, in the order of their ids
     */
    record Progress(Changes changes, Instant since, List<End> ends) {
        public Progress {
            ends = List.copyOf(ends);
        }
    }

    /**
     * How far the ledger was told, which is not in its order.
     *
     * @param revision up to which all was told that is not owed
     * @param alarms the same of alarms alone, at least the revision
     * @param owed the entries up to there that are still to be told: few, since it is the receiver's failures that make
     *     them
     */
    record Changes(long revision, long alarms, SortedSet<Long> owed) {
        public Changes {
            owed = Collections.unmodifiableSortedSet(new TreeSet<>(owed));
        }
    }

    /**
     * The end of a token, as far as it was told.
     *
     * @param at which one it was: a token may be given another
     */
    record End(TokenId token, Instant at, Notification.Kind kind) {}
}
