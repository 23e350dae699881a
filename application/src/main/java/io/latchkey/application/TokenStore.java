package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
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
    default LedgerEntry append(Function<Tokens, TokenEvent> decision) {
        return appendAll(List.of(decision)).getFirst();
    }

    /**
     * The next entries of the ledger, all in one transaction, each decided when those before it have happened.
     *
     * @throws TokenFailure whatever a decision throws; then none is recorded
     */
    List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions);

    /** The entries that follow a revision, in order. */
    List<LedgerEntry> tail(long revision);

    /** The first {@code count} entries that follow a revision, in order. */
    List<LedgerEntry> tail(long revision, int count);

    /** The first {@code count} entries about one token that follow a revision, in order; found by an index. */
    List<LedgerEntry> history(TokenId token, long revision, int count);

    /** All tokens, and the revision at which they were so. */
    Snapshot snapshot();

    /**
     * The first {@code count} tokens from an id on, in the order of their ids, as they are at one moment.
     *
     * <p>Costs what it returns, however many tokens there are, and is over when it returns: whoever reads all tokens page
     * by page keeps nobody from writing.
     */
    List<Token> page(TokenId from, int count);

    /** The token of a name. */
    Optional<Token> find(TokenName name);

    /** The revision of the newest entry, whoever wrote it; 0 if there is none. */
    long revision();

    /** A new watch of the ledger, to be closed; closed with the store at the latest. */
    LedgerWatch watch();

    /**
     * Whether the ledger is as it was written, and had a head that somebody kept.
     *
     * <p>Reads the whole ledger.
     */
    LedgerCheck check(Optional<LedgerHead> expected);

    /**
     * The revision of the first ledger entry that is not as it was written; empty if the chain of all entries holds.
     *
     * <p>If every entry is as it was written but the tokens are not what the entries made of them, the one that would
     * explain them is missing: the revision after the newest.
     */
    default OptionalLong firstBroken() {
        return switch (check(Optional.empty())) {
            case LedgerCheck.Whole _, LedgerCheck.Truncated _ -> OptionalLong.empty();
            case LedgerCheck.Broken(var revision, var _) -> OptionalLong.of(revision);
            case LedgerCheck.Unexplained(var revision, var _) -> OptionalLong.of(revision + 1);
        };
    }

    /**
     * A copy of all that is kept, as it is at one moment, while others go on using it.
     *
     * @throws TokenFailure.LedgerBroken if it is not whole
     */
    StoreBackup backUp();

    /**
     * Adds to what is known of how tokens were used; whatever is about a token that is gone is forgotten.
     *
     * <p>Not a change, so no entry of the ledger; and not worth a wait for the disk: a power cut may take the newest.
     *
     * @param uses each of another secret
     */
    void recordUses(List<TokenUse> uses);

    /** How tokens were used, in the order of their ids, the oldest secret of each first. */
    List<TokenUse> uses();

    /** How the tokens from an id to another, both included, were used, in the order of their ids. */
    List<TokenUse> uses(TokenId first, TokenId last);

    /** How a token was used, the oldest secret first. */
    List<TokenUse> uses(TokenId token);

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

    /** Whether the ledger is as it was written. */
    sealed interface LedgerCheck {
        /**
         * It is, and the tokens are what its entries make of them.
         *
         * @param revision of the newest entry
         * @param head the newest link of its chain
         */
        record Whole(long revision, LedgerHead head) implements LedgerCheck {}

        /** The first place where it is not. */
        record Broken(long revision, Flaw flaw) implements LedgerCheck {}

        /**
         * Its entries hold together, but do not explain a token: somebody changed the token, or took away the newest entry.
         *
         * @param revision of the newest entry
         * @param token which one it is; empty if what is there is no token at all
         */
        record Unexplained(long revision, Optional<TokenId> token) implements LedgerCheck {}

        /**
         * Its entries hold together, but it never had the head that was expected: entries were taken away at its end, or all
         * from some place on were written anew.
         *
         * @param revision of the newest entry
         */
        record Truncated(long revision) implements LedgerCheck {}

        /** What was done to an entry. */
        enum Flaw {
            /** It does not say what it said. */
            EDITED,
            /** It is gone. */
            REMOVED,
            /** It was never written. */
            INSERTED,
            /** It stands where another was. */
            REORDERED
        }
    }
}
