package io.latchkey.domain;

import java.util.Map;
import java.util.Optional;

/** Who acts: a token, the owner of the file, or one of the callers without a token. */
public sealed interface Actor {
    /** The kind of actor, named as in the ledger and in every API; these names are a contract, class names are not. */
    enum Kind {
        HOLDER,
        OWNER,
        BOOTSTRAP,
        STRANGER,
        RECOVERY,
        FINDER,
        GUEST,
        PRESENTER;

        private static final Map<String, Kind> BY_WORD = Words.of(Kind.class);

        private final String word = Words.of(this);

        /** The name, such as {@code holder}. */
        public String word() {
            return word;
        }

        /** The kind of a name; empty for an unknown one. */
        public static Optional<Kind> of(String word) {
            return Optional.ofNullable(BY_WORD.get(word));
        }
    }

    /** What kind of actor this is. */
    default Kind kind() {
        return switch (this) {
            case Holder _ -> Kind.HOLDER;
            case FileOwner _ -> Kind.OWNER;
            case LocalBootstrap() -> Kind.BOOTSTRAP;
            case RemoteBootstrap() -> Kind.STRANGER;
            case Recovery() -> Kind.RECOVERY;
            case LeakReporter() -> Kind.FINDER;
            case Anonymous() -> Kind.GUEST;
            case ReuseDetector() -> Kind.PRESENTER;
        };
    }

    /** The token that acts, if it is a token. */
    default Optional<TokenId> tokenId() {
        return Optional.empty();
    }

    /** Refuses actors that may neither read nor change tokens. */
    default void checkMayAdminister() {
        switch (this) {
            case Holder _, FileOwner _ -> {}
            case LocalBootstrap(), RemoteBootstrap(), Anonymous(), ReuseDetector() ->
                throw new TokenFailure.Unauthenticated();
            case Recovery(), LeakReporter() -> throw new TokenFailure.Forbidden();
        }
    }

    /**
     * A local user who can write the database file, and therefore needs no token.
     *
     * @param user the name that the operating system gives; information, not a proof
     */
    record FileOwner(Optional<LocalUser> user) implements Actor {
        /** An owner whose user name is unknown. */
        public FileOwner() {
            this(Optional.empty());
        }
    }

    /** The first caller of an instance without tokens, from the machine it runs on. */
    record LocalBootstrap() implements Actor {}

    /**
     * A caller of an instance without tokens from another machine. May do nothing; the refusal says how to create
     * the first token.
     */
    record RemoteBootstrap() implements Actor {}

    /** A caller of the recovery listener. */
    record Recovery() implements Actor {}

    /** A caller of a server that runs with {@code --without-auth}. May list tokens, without their digests. */
    record Anonymous() implements Actor {}

    /** A caller that presents a leaked secret to have it revoked. */
    record LeakReporter() implements Actor {}

    /**
     * Somebody who presented a retired secret and was refused. May change nothing; appears only in ledger entries
     * about secret reuse.
     */
    record ReuseDetector() implements Actor {}

    /**
     * The holder of a live token.
     *
     * @param digest of the secret that was presented; if it is retired before the action is decided, the action
     *     is refused
     */
    record Holder(TokenId id, TokenName name, TokenDigest digest) implements Actor {
        /** The holder of a token that was just authenticated. */
        public static Holder of(Token token) {
            return of(token, token.secrets().generation());
        }

        /** The holder of a token that was just authenticated by one of its secrets. */
        public static Holder of(Token token, int generation) {
            return new Holder(token.id(), token.name(), token.secrets().digestOf(generation));
        }

        @Override
        public Optional<TokenId> tokenId() {
            return Optional.of(id);
        }

        boolean isOperator() {
            return name.equals(TokenName.OPERATOR);
        }
    }
}
