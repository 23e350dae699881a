package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;

/** What somebody asks for: the rules of tokens, each decided against the tokens of one moment. */
public sealed interface Change
        permits Change.CreateOperator,
                Change.CreateNamed,
                Change.Register,
                Change.RegenerateOperator,
                Change.Edit,
                Change.Revoke,
                Change.Disable,
                Change.Enable,
                Change.RevokeLeaked,
                Change.RecordReuse,
                Rotation,
                Change.Import {
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
                case Actor.FileOwner _ -> {}
                case Actor.LocalBootstrap() -> Rules.checkNew(tokens);
                case Actor.RemoteBootstrap() -> {
                    Rules.checkNew(tokens);
                    throw new TokenFailure.BootstrapRefused();
                }
                case Actor.Recovery(), Actor.LeakReporter() -> throw new TokenFailure.Forbidden();
                case Actor.Anonymous(), Actor.ReuseDetector() -> throw new TokenFailure.Unauthenticated();
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
            name.checkNew();
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
            Rules.checkMayBring(tokens, name, actor, now);
            name.checkNew();
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
            Rules.checkMayReplaceOperator(tokens, actor, now);
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
            Rules.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeEdited());
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            edit.name().filter(newName -> !newName.equals(name)).ifPresent(newName -> {
                Rules.checkUnused(tokens, newName);
                newName.checkNew();
            });
            return new TokenEvent.Edited(actor, now, token, token.edited(edit, actor, now));
        }
    }

    /** To end a named token. */
    record Revoke(TokenName name, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeDeleted());
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            return new TokenEvent.Revoked(actor, now, token);
        }
    }

    /** To let a named token open nothing until it is enabled again; a token that rests gets a new reason. */
    record Disable(TokenName name, Reason reason, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeDisabled());
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            return new TokenEvent.Disabled(actor, now, token, token.disabled(reason, actor, now));
        }
    }

    /** To let a named token open again what it opened. */
    record Enable(TokenName name, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayAdminister(tokens, actor, now);
            Rules.checkNotOperator(name, actor, new TokenFailure.NotDisabled(name));
            Token token = Rules.existing(tokens, name);
            precondition.check(token);
            if (token.disablement().isEmpty()) {
                throw new TokenFailure.NotDisabled(name);
            }
            return new TokenEvent.Enabled(actor, now, token, token.enabled(actor, now));
        }
    }

    /**
     * To end a secret that was found where it should not be, and the token with it, expired or not: it might be extended.
     *
     * <p>Of a token that is being rotated, the secret before ends alone. The operator token is only marked, so that a
     * finder can raise the alarm but not lock everybody out. A secret that is dead already is nobody's.
     */
    record RevokeLeaked(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            if (!(actor instanceof Actor.LeakReporter)) {
                Rules.checkMayAdminister(tokens, actor, now);
            }
            Token token = tokens.find(digest)
                    .filter(found -> found.secrets().accept(digest, now))
                    .orElseThrow(() -> new TokenFailure.NotFound("a token with this secret"));
            if (token.isOperator()) {
                return new TokenEvent.OperatorSecretLeaked(actor, now, token);
            }
            return token.digest().equals(digest)
                    ? new TokenEvent.Revoked(actor, now, token)
                    : new TokenEvent.RotationFinished(
                            actor, now, token, token.withSecrets(token.secrets().finished(), actor, now));
        }
    }

    /** To record that somebody presented a dead secret of a token that lives on: whoever has it should not. */
    record RecordReuse(TokenDigest digest) implements Change {
        /** How long the use of the same secret is not recorded again. */
        public static final Duration QUIET = Duration.ofHours(1);

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = tokens.find(digest).orElseThrow(() -> new TokenFailure.NotFound("a token with this secret"));
            FormerSecret used = token.secrets()
                    .former(digest)
                    .filter(one -> !one.isInGraceAt(now))
                    .orElseThrow(() -> new TokenFailure.NotFound("a dead secret"));
            // In either direction, so that a clock set back does not silence it for longer.
            boolean quiet = used.reuseRecordedAt()
                    .filter(at -> Duration.between(at, now).abs().compareTo(QUIET) < 0)
                    .isPresent();
            if (quiet) {
                throw new TokenFailure.AlreadyRecorded();
            }
            return new TokenEvent.RetiredSecretPresented(actor, now, token, token.withReuseRecorded(used, now));
        }
    }

    /** To let a token be known as it was in another instance, by the name that it has. */
    record Import(Token token, Identity identity) implements Change {
        /** Whether it stays the same in the eyes of other tokens, which may say that it made or changed them. */
        public enum Identity {
            /** It moves together with the others, into an instance without any. */
            KEPT,
            /** It comes to others, who never knew it. */
            NEW
        }

        public Import {
            token.checkBrought();
            if (identity == Identity.KEPT && token.id().value() > TokenId.MOST_BROUGHT) {
                throw new TokenFailure.Invalid("id", "id must be at most " + TokenId.MOST_BROUGHT);
            }
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Rules.checkMayBring(tokens, token.name(), actor, now);
            token.secrets().digests().forEach(digest -> Rules.checkUnused(tokens, digest));
            return new TokenEvent.Issued(
                    actor,
                    now,
                    switch (identity) {
                        case KEPT -> {
                            if (token.id().value() < tokens.nextId().value()) {
                                throw new TokenFailure.Invalid("id", "this id was given to another token");
                            }
                            yield token.moved(now);
                        }
                        case NEW -> token.imported(tokens.nextId(), now);
                    });
        }
    }
}
