package io.latchkey.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** On whose behalf something is done. */
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

        /** The name, such as {@code holder}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of a name; empty for an unknown one. */
        public static Optional<Kind> of(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
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

    /** Refuses who may neither see nor change tokens in general, whatever else it may do. */
    default void checkMayAdminister() {
        switch (this) {
            case Holder _, FileOwner _ -> {}
            case LocalBootstrap(), RemoteBootstrap(), Anonymous(), ReuseDetector() ->
                throw new TokenFailure.Unauthenticated();
            case Recovery(), LeakReporter() -> throw new TokenFailure.Forbidden();
        }
    }

    /**
     * Whoever can write the database file, and so needs no token.
     *
     * @param user who it is on that machine, as far as the operating system tells; not a proof
     */
    record FileOwner(Optional<LocalUser> user) implements Actor {
        /** One of whom nothing is known. */
        public FileOwner() {
            this(Optional.empty());
        }
    }

    /** Whoever is first to reach a new instance from the machine it runs on. */
    record LocalBootstrap() implements Actor {}

    /** Whoever reaches a new instance from elsewhere without a token; may do nothing, and is told what to do. */
    record RemoteBootstrap() implements Actor {}

    /** Whoever reaches the recovery listener. */
    record Recovery() implements Actor {}

    /** Whoever reaches a server that asks nobody for a token; may ask about tokens, but sees no digest of any. */
    record Anonymous() implements Actor {}

    /** Whoever presents a secret only to end it, having found it where it should not be. */
    record LeakReporter() implements Actor {}

    /** Whoever presents a secret to be let in and is not; all that it can do is to be noticed. */
    record ReuseDetector() implements Actor {}

    /**
     * Who presented the secret of a live token.
     *
     * @param digest of the secret presented, so that an act dies with the secret it was begun with
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
