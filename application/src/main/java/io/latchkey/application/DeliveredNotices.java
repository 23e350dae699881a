package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.List;

/**
 * What was told of the tokens in a store, kept for good beside them: no part of the ledger, since it changes no token.
 *
 * <p>Every method fails with an {@link AuthorityUnavailable} when the store cannot be read or written.
 */
public interface DeliveredNotices extends AutoCloseable {
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
     * @param revision up to which the ledger was told; a lower one than before changes nothing
     * @param ends that were told beside it; that of a token that is gone is forgotten
     */
    void record(long revision, List<End> ends);

    @Override
    void close();

    /**
     * How far it has come.
     *
     * @param since when it began: ends that were over then are not told
     * @param ends the last that was told of each token, in the order of their ids
     */
    record Progress(long revision, Instant since, List<End> ends) {
        public Progress {
            ends = List.copyOf(ends);
        }
    }

    /**
     * The end of a token, as far as it was told.
     *
     * @param at which one it was: a token may be given another
     */
    record End(TokenId token, Instant at, Notice.Kind kind) {}
}
