package io.latchkey.application.notification;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The saved delivery progress of the notifications about the tokens in a store. Durable, but not part of the ledger,
 * because it changes no token.
 *
 * <p>Used by one thread. Every method throws {@link AuthorityUnavailable} when the store cannot be read or written.
 */
public interface DeliveryProgress extends AutoCloseable {
    /** How long a process that no longer asks for its turn keeps it. */
    Duration TURN = Duration.ofSeconds(30);

    /** Whether a process may deliver now. */
    enum Turn {
        /** It may, as it did when it asked last. */
        MINE,
        /** It may from now on; what it knows of the progress is out of date, so it calls {@link #resume} first. */
        TAKEN_OVER,
        /** Another process delivers. */
        OF_ANOTHER
    }

    /**
     * Asks for the turn to deliver. Of all processes that use the store, at most one has it: until {@link #close}, or until
     * it has not asked for {@link #TURN} by the clock of the database.
     */
    Turn turn();

    /**
     * The saved delivery progress; on first use, starts it at the given ledger revision and time. Earlier entries and
     * expiries are never delivered.
     */
    Progress resume(long revision, Instant now);

    /**
     * Saves the progress; it survives a power failure when this returns. Does nothing while another process has the turn.
     *
     * @param changes progress in the ledger; ignored if its revisions are lower than the saved ones
     * @param ends expiries that were delivered; those of deleted tokens are dropped
     */
    void record(Changes changes, List<End> ends);

    @Override
    void close();

    /**
     * The delivery progress.
     *
     * @param since start of the first delivery; earlier expiries are not delivered
     * @param ends the latest delivered expiry of each token, in the order of their ids
     */
    record Progress(Changes changes, Instant since, List<End> ends) {
        public Progress {
            ends = List.copyOf(ends);
        }
    }

    /**
     * The delivery progress in the ledger; alarms are delivered ahead of other entries.
     *
     * @param revision everything up to here is delivered, except {@code owed}
     * @param alarms all alarms up to here are delivered, except {@code owed}; at least {@code revision}
     * @param owed revisions up to there that are not delivered yet; few, because only failures of the receiver add to
     *     them
     */
    record Changes(long revision, long alarms, SortedSet<Long> owed) {
        public Changes {
            owed = Collections.unmodifiableSortedSet(new TreeSet<>(owed));
        }
    }

    /**
     * An expiry of a token for which a notification was delivered.
     *
     * @param at the expiry, since the expiry of a token can be changed
     */
    record End(TokenId token, Instant at, Notification.Kind kind) {}
}
