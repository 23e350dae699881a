package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/** One fact: the only way anything changes. */
public sealed interface TokenEvent {
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
    record Regenerated(Actor actor, Instant at, Token was, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }

    /** A named token got other properties and kept its secret. */
    record Edited(Actor actor, Instant at, Token was, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(was);
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }

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
    record Exposed(Actor actor, Instant at, Token token) implements TokenEvent {
        @Override
        public Optional<Token> before() {
            return Optional.of(token);
        }

        @Override
        public Optional<Token> after() {
            return Optional.of(token);
        }
    }
}
