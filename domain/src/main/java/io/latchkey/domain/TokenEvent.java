package io.latchkey.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One fact: the only way anything changes. */
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
        RETIRED_SECRET_USED;

        /** The name, such as {@code issued}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of a name; empty for an unknown one. */
        public static Optional<Kind> of(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
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
        };
    }

    /** On whose behalf it was done. */
    Actor actor();

    /** When it was done, to the millisecond. */
    Instant at();

    /** The token as it was, unless it is new. */
    Optional<Token> before();

    /** The token as it is now, unless it is gone. */
    Optional<Token> after();

    /** The token that it is about. */
    default TokenId tokenId() {
        return after().or(this::before).orElseThrow().id();
    }

    /** The same token was changed. */
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

    /** A token came into being. */
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

    /** The operator token got a new secret; the old one is dead. */
    record Regenerated(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token got other properties and kept its secret. */
    record Edited(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token is gone, and its secret with it. */
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

    /** The operator token's secret was reported found; the token is as it was, until somebody regenerates it. */
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

    /** A token got a new secret; the old one is accepted for a while, or not at all. */
    record Rotated(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** The old secret of a token is dead before its time. */
    record RotationFinished(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A token has its old secret again; the new one is dead. */
    record RotationUndone(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token opens nothing for now. */
    record Disabled(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** A named token opens again what it opened. */
    record Enabled(Actor actor, Instant at, Token was, Token token) implements Changed {}

    /** Somebody presented a secret that a token had once and was refused; the token is as it was. */
    record RetiredSecretPresented(Actor actor, Instant at, Token was, Token token) implements Changed {
        /** Which of the token's secrets it was. */
        public int generation() {
            return token.secrets().former().stream()
                    .filter(one -> !was.secrets().former().contains(one))
                    .mapToInt(FormerSecret::generation)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
