package io.latchkey.domain;

import java.time.Instant;

/** What somebody asks for: the rules of tokens, each decided against the tokens of one moment. */
public sealed interface Change {
    /**
     * What happens: a fact to be recorded in the same transaction, or a {@link TokenFailure}.
     *
     * @param now to the millisecond
     */
    TokenEvent decide(Tokens tokens, Actor actor, Instant now);

    /** To create the operator token. */
    record CreateOperator(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            // A second operator is a conflict whoever asks, so that no credential is needed to learn it is too late.
            Rules.checkUnused(tokens, TokenName.OPERATOR);
            switch (actor) {
                case Actor.Holder holder -> Rules.checkLive(tokens, holder, now);
                case Actor.Owner() -> {}
                case Actor.Bootstrap() -> Rules.checkNew(tokens);
                case Actor.Stranger() -> {
                    Rules.checkNew(tokens);
                    throw new TokenFailure.BootstrapRefused();
                }
                case Actor.Recovery(), Actor.Finder() -> throw new TokenFailure.Forbidden();
                case Actor.Guest() -> throw new TokenFailure.Unauthenticated();
            }
            Rules.checkUnused(tokens, digest);
            return new TokenEvent.Issued(
                    actor,
                    now,
                    Token.issued(
                            tokens.nextId(), TokenName.OPERATOR, digest, Description.NONE, Expiry.NEVER, actor, now));
        }
    }

    /** To create a named admin token. */
    record CreateNamed(TokenName name, TokenDigest digest, Lifetime lifetime, Description description)
            implements Change {
        public CreateNamed {
            Rules.checkNotReserved(name);
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkUnused(tokens, name);
            Rules.checkUnused(tokens, digest);
            return new TokenEvent.Issued(
                    actor,
                    now,
                    Token.issued(tokens.nextId(), name, digest, description, lifetime.startingAt(now), actor, now));
        }
    }

    /** To let a token be known whose secret was made elsewhere, so that it never comes here. */
    record Register(TokenName name, TokenDigest digest, Lifetime lifetime, Description description) implements Change {
        public Register {
            if (name.equals(TokenName.OPERATOR) && !(lifetime instanceof Lifetime.Unlimited)) {
                throw new TokenFailure.Invalid("expiry", "the operator token never expires");
            }
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            switch (actor) {
                case Actor.Owner() -> {}
                case Actor.Holder _, Actor.Recovery(), Actor.Finder() -> throw new TokenFailure.Forbidden();
                case Actor.Bootstrap(), Actor.Stranger(), Actor.Guest() -> throw new TokenFailure.Unauthenticated();
            }
            Rules.checkUnused(tokens, name);
            Rules.checkUnused(tokens, digest);
            return new TokenEvent.Issued(
                    actor,
                    now,
                    Token.issued(tokens.nextId(), name, digest, description, lifetime.startingAt(now), actor, now));
        }
    }

    /** To give the operator token a new secret. */
    record RegenerateOperator(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            switch (actor) {
                case Actor.Holder holder -> {
                    Rules.checkLive(tokens, holder, now);
                    Rules.checkOperator(holder);
                }
                case Actor.Owner(), Actor.Recovery() -> {}
                case Actor.Bootstrap(), Actor.Stranger(), Actor.Guest() -> throw new TokenFailure.Unauthenticated();
                case Actor.Finder() -> throw new TokenFailure.Forbidden();
            }
            Token operator = tokens.find(TokenName.OPERATOR).orElseThrow(TokenFailure.NoOperator::new);
            Rules.checkUnused(tokens, digest);
            return new TokenEvent.Regenerated(actor, now, operator, operator.regenerated(digest, actor, now));
        }
    }

    /** To give a named token other properties. */
    record Edit(TokenName name, TokenEdit edit, Precondition precondition) implements Change {
        public Edit {
            edit.name().ifPresent(Rules::checkNotReserved);
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkNotOperator(name, actor, new TokenFailure.OperatorUneditable());
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            edit.name()
                    .filter(newName -> !newName.equals(name))
                    .ifPresent(newName -> Rules.checkUnused(tokens, newName));
            return new TokenEvent.Edited(actor, now, token, token.edited(edit, actor, now));
        }
    }

    /** To end a named token. */
    record Revoke(TokenName name, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkNotOperator(name, actor, new TokenFailure.OperatorUndeletable());
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            return new TokenEvent.Revoked(actor, now, token);
        }
    }

    /**
     * To end whatever token has a secret that was found where it should not be, expired or not: it might be extended.
     *
     * <p>The operator token is only marked, so that a finder can raise the alarm but not lock everybody out.
     */
    record Burn(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            if (!(actor instanceof Actor.Finder)) {
                Rules.checkMayAdminister(tokens, actor, now);
            }
            Token token = tokens.find(digest).orElseThrow(() -> new TokenFailure.NotFound("a token with this secret"));
            return token.isOperator()
                    ? new TokenEvent.Exposed(actor, now, token)
                    : new TokenEvent.Revoked(actor, now, token);
        }
    }
}
