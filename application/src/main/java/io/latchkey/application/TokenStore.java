package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * Durable storage of the tokens and of the ledger of their changes.
 *
 * <p>Safe for use by many threads and by many processes at the same time. Every method throws {@link
 * AuthorityUnavailable} when the store cannot be read or written.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * Decides and records the next ledger entry in one write transaction.
     *
     * <p>The decision runs inside the transaction, so the state it reads cannot change before the entry is recorded. It
     * must not use the store itself, only the tokens it is given. When this returns, the entry is on disk and survives
     * a power failure.
     *
     * @throws TokenFailure if the decision throws it; then nothing is recorded
     */
    default LedgerEntry append(Function<Tokens, TokenEvent> decision) {
        return appendAll(List.of(decision)).getFirst();
    }

    /**
     * Decides and records ledger entries in one write transaction; each decision sees the effect of those before it.
     *
     * <p>They may be decided several times, on any thread that waits for its own; what they decide last counts.
     *
     * @throws TokenFailure if a decision throws it; then nothing is recorded
     */
    List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions);

    /** All entries after a revision, in order; as many as there are, in memory. */
    List<LedgerEntry> tail(long revision);

    /** At most {@code count} entries after a revision, in order. */
    List<LedgerEntry> tail(long revision, int count);

    /** At most {@code count} entries about one token after a revision, in order. Uses an index. */
    List<LedgerEntry> history(TokenId token, long revision, int count);

    /** All tokens and the revision they belong to. Reads every token into memory. */
    Snapshot snapshot();

    /**
     * At most {@code count} tokens, starting at an id, in the order of their ids, as of one moment.
     * <p>The cost depends on the page alone, not on the number of tokens. No transaction stays open afterwards, so
     * reading all tokens page by page does not block writers.
     */
    List<Token> page(TokenId from, int count);

    /** The token with that name, if there is one. */
    Optional<Token> find(TokenName name);

    /** The revision of the newest entry, written by any process; 0 if there is none. */
    long revision();

    /** A new watch of the ledger. The caller closes it; closing the store closes it, too. */
    LedgerWatch watch();

    /**
     * Verifies the hash chain of the ledger and, if given, that the ledger contains an earlier head.
     *
     * <p>Reads the whole ledger.
     */
    LedgerCheck check(Optional<LedgerHead> expected);

    /**
     * The revision of the first ledger entry that was tampered with; empty if the ledger is intact.
     *
     * <p>If all entries are intact but do not explain the tokens, an entry is missing at the end: then this is the
     * revision after the newest.
     */
    default OptionalLong firstBroken() {
        return switch (check(Optional.empty())) {
            case LedgerCheck.Whole _, LedgerCheck.Truncated _ -> OptionalLong.empty();
            case LedgerCheck.Broken(var revision, var _) -> OptionalLong.of(revision);
            case LedgerCheck.Unexplained(var revision, var _) -> OptionalLong.of(revision + 1);
        };
    }

    /**
     * A consistent copy of the store, made while it stays in use; the caller must close it.
     *
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    StoreBackup backUp();

    /**
     * Adds to the recorded use of tokens; uses of tokens that no longer exist are dropped.
     *
     * <p>Not a change of a token, so no ledger entry is written. Not synced to disk: a power failure can lose the
     * newest uses.
     *
     * @param uses at most one for each secret
     */
    void recordUses(List<TokenUse> uses);

    /** The use of all tokens, in the order of their ids, the oldest secret of each token first. */
    List<TokenUse> uses();

    /** The use of the tokens in a range of ids, both ends included, in the order of their ids. */
    List<TokenUse> uses(TokenId first, TokenId last);

    /** The use of some tokens, in the order of their ids, the oldest secret of each token first. */
    List<TokenUse> uses(Collection<TokenId> tokens);

    /** The use of one token, the oldest secret first. */
    default List<TokenUse> uses(TokenId token) {
        return uses(List.of(token));
    }

    /**
     * Adds to the history of tokens, to the hour and to the day of each use; uses of tokens that no longer exist are
     * dropped.
     *
     * <p>Removes the hours and days of all tokens that are no longer kept at the newest time given, see {@link
     * UsePeriod#oldest}. Durable as {@link #recordUses}.
     */
    void addToUseHistory(List<HourUse> uses);

    /**
     * The history of some tokens: the periods with uses or refusals, the oldest first. Tokens without any are missing.
     *
     * @param from a time in the first period
     * @param until a time in the last period
     */
    Map<TokenId, List<PeriodUse>> useHistory(UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until);

    /** The number of bytes that the store takes on disk; 0 in memory. */
    long size();

    /** The random identity of this store; it never changes. */
    UUID instanceId();

    /** What the ledger is known to have lost, until that is accepted; empty if nothing, or if nobody would notice. */
    default Optional<LedgerLoss> loss() {
        return Optional.empty();
    }

    /**
     * Accepts the ledger as the truth although it has lost its newest entries, and records entries in the same transaction, as
     * {@link #appendAll}. Afterwards tokens can be changed again, and all processes read all tokens again.
     *
     * @throws AuthorityUnavailable if it has lost none
     * @throws TokenFailure if a decision throws it; then nothing is accepted
     */
    default List<LedgerEntry> acceptLoss(List<Function<Tokens, TokenEvent>> decisions) {
        throw new AuthorityUnavailable("the ledger has lost no entries: there is nothing to accept");
    }

    /** The nodes of this store; empty if its processes do not know of each other. */
    default Optional<Nodes> nodes() {
        return Optional.empty();
    }

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

    /** Result of a verification of the ledger. */
    sealed interface LedgerCheck {
        /**
         * The ledger is intact and explains the tokens.
         *
         * @param revision of the newest entry
         * @param head hash of the newest entry in the chain
         */
        record Whole(long revision, LedgerHead head) implements LedgerCheck {}

        /** The first entry that was tampered with. */
        record Broken(long revision, Flaw flaw) implements LedgerCheck {}

        /**
         * The chain is intact but does not explain a token: the token was changed outside the ledger, or the newest
         * entry was removed.
         *
         * @param revision of the newest entry
         * @param token the token concerned; empty if the row cannot be read as a token
         */
        record Unexplained(long revision, Optional<TokenId> token) implements LedgerCheck {}

        /**
         * The chain is intact but does not contain the expected head: entries were removed at the end, or the ledger
         * was rewritten from some entry on.
         *
         * @param revision of the newest entry
         */
        record Truncated(long revision) implements LedgerCheck {}

        /** The kind of tampering. */
        enum Flaw {
            /** The content of the entry was changed. */
            EDITED,
            /** The entry was removed. */
            REMOVED,
            /** The entry was added by something other than this store. */
            INSERTED,
            /** The entry was moved to another place. */
            REORDERED
        }
    }
}
