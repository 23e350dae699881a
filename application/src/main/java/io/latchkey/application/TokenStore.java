package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where tokens and the ledger of their changes are kept, for good.
 *
 * <p>Safe for use by many threads, and by many processes at the same time. Every method fails with an {@link
 * AuthorityUnavailable} when the store cannot be read or written.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * The next entry of the ledger, decided and recorded in one transaction that no other change can come between.
     *
     * <p>The decision is taken inside the transaction, not before it, so that what it was based on still holds when it
     * is recorded. When this returns, the entry survives a power cut.
     *
     * @throws TokenFailure whatever the decision throws; then nothing is recorded
     */
    LedgerEntry append(Function<Tokens, TokenEvent> decision);

    /** The entries that follow a revision, in order. */
    List<LedgerEntry> tail(long revision);

    /** All tokens, and the revision at which they were so. */
    Snapshot snapshot();

    /** The token of a name. */
    Optional<Token> find(TokenName name);

    /** The revision of the newest entry, whoever wrote it; 0 if there is none. Cheap enough to be asked all the time. */
    long revision();

    /**
     * The revision of the first ledger entry that is not as it was written; empty if the chain of all entries holds.
     *
     * <p>Reads the whole ledger.
     */
    OptionalLong firstBroken();

    /** The identity of this store, chosen at random when it was made and never changed. */
    UUID instanceId();

    @Override
    void close();

    /**
     * All tokens at one revision of the ledger.
     *
     * @param tokens in the order of their ids
     */
    record Snapshot(long revision, List<Token> tokens) {
        public Snapshot {
            tokens = List.copyOf(tokens);
        }
    }
}
