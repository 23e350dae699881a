package io.latchkey.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One event in the life of a token; tokens change through events only. */
public sealed interface TokenEvent {
    /** The kind of event, named as in the ledger and in every API; these names are a contract, class names are not. */
    enum Kind {
        ISSUED,
        REGENERATED,
        EDITED,
        REVOKED,
        EXPOSED,
        ROTATED,
        ROTATION_FINISHED,
        ROTATION_UNDONE,
        DISABLED,
        ENABLED,
        RETIRED_SECRET_USED,
        LEDGER_ACCEPTED;

        private static final Map<String, Kind> BY_WORD = Words.of(Kind.class);

        private final String word = Words.of(this);

        /** The name, such as {@code issued}. */
        public String word() {
            return word;
        }

        /** The kind of a name; empty for an unknown one. */
        public static Optional<Kind> of(String word) {
            return Optional.ofNullable(BY_WORD.get(word));
        }
    }

    /** What kind of event this is. */
    default Kind kind() {
        return switch (this) {
            case Issued _ -> Kind.ISSUED;
            case Regenerated _ -> Kind.REGENERATED;
            case Edited _ -> Kind.EDITED;
            case Revoked _ -> Kind.REVOKED;
            case OperatorSecretLeaked _ -> Kind.EXPOSED;
            case Rotated _ -> Kind.ROTATED;
            case RotationFinished _ -> Kind.ROTATION_FINISHED;
            case RotationUndone _ -> Kind.ROTATION_UNDONE;
            case Disabled _ -> Kind.DISABLED;
            case Enabled _ -> Kind.ENABLED;
            case RetiredSecretPresented _ -> Kind.RETIRED_SECRET_USED;
            case LedgerAccepted _ -> Kind.LEDGER_ACCEPTED;
        };
    }

    /** Who did it. */
    Actor actor();

    /** When it was done, in milliseconds. */
    Instant at();

    /** The token before the event, unless it is new. */
    Optional<Token> before();

    /** The token after the event, unless it was revoked. */
    Optional<Token> after();

    /** The token concerned. */
    default TokenId tokenId() {
        return after().or(this::before).orElseThrow().id();
    }

    /** Whether something that was accepted before is refused from now on. */
    default boolean isNarrowing() {
        return before().isPresent()
                && after().filter(token -> token.allowsAllOf(before().get(), at()))
                        .isEmpty();
    }

    /** An existing token was changed. */
    sealed interface Changed extends TokenEvent {
        /** The token as it was. */
        Token was();

        /** The token as it is now. */
        Token token();

        @Override
        default Optional<Token> before() {
            return Optional.of(was());
        }

        @Override
        default Optional<Token> after() {
            return Optional.of(token());
        }
    }

    /** A token was created. */
    record Issued(Actor actor, Instant at, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.empty();
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }

    /** The operator token got a new secret; the old one is no longer valid. */
    record Regenerated(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token got other properties and kept its secret. */
    record Edited(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token was deleted. */
    record Revoked(Actor actor, Instant at, Token was) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Token> after() {
            return Optional.empty();
        }
    }

    /** The operator token's secret was reported as leaked; the token is unchanged until it is regenerated. */
    record OperatorSecretLeaked(Actor actor, Instant at, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(token);
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }

    /**
     * The ledger had lost its newest entries, and was accepted as it is; whatever was changed by the lost ones is as it was
     * before them. Recorded about the operator token, which is unchanged.
     */
    record LedgerAccepted(Actor actor, Instant at, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(token);
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }

    /** A token got a new secret; the old one is accepted for a while, or not at all. */
    record Rotated(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** The grace period of the old secret was ended early. */
    record RotationFinished(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** The old secret is current again; the new one is no longer valid. */
    record RotationUndone(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token was disabled. */
    record Disabled(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token was enabled. */
    record Enabled(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A retired secret was presented and refused; the token is unchanged. */
    record RetiredSecretPresented(Actor actor, Instant at, Token was, Token token) implements Changed {
        /** The generation of the secret that was presented. */
        public int generation() {
            return token.secrets().former().stream()
                    .filter(one -> !was.secrets().former().contains(one))
                    .mapToInt(FormerSecret::generation)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
