package io.latchkey.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A requested change. It is decided against the tokens of one transaction. */
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
                Change.AcceptLedger,
                Rotation,
                Change.Import {
    /**
     * The event to record in the same transaction, or a {@link TokenFailure}.
     *
     * @param now to the millisecond
     */
    TokenEvent decide(Tokens tokens, Actor actor, Instant now);

    /** Creates the operator token. */
    record CreateOperator(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            // A second operator is a conflict for every actor: no credential is needed to learn that there is one.
            Uniqueness.checkUnused(tokens, TokenName.OPERATOR);
            switch (actor) {
                case Actor.Holder _ -> ActorLimits.of(tokens, actor, now).checkUnlimited();
                case Actor.FileOwner _ -> {}
                case Actor.LocalBootstrap() -> Authorization.checkNew(tokens);
                case Actor.RemoteBootstrap() -> {
                    Authorization.checkNew(tokens);
                    throw new TokenFailure.BootstrapRefused();
                }
                case Actor.Recovery(), Actor.LeakReporter() -> throw new TokenFailure.Forbidden();
                case Actor.Anonymous(), Actor.ReuseDetector() -> throw new TokenFailure.Unauthenticated();
            }
            Uniqueness.checkUnused(tokens, digest);
            return new TokenEvent.Issued(
                    actor,
                    now,
                    Token.issued(
                            tokens.nextId(),
                            TokenName.OPERATOR,
                            digest,
                            Description.NONE,
                            Expiry.NEVER,
                            Attributes.ADMIN,
                            actor,
                            now));
        }
    }

    /** Creates a named admin token or a resource token. */
    record CreateNamed(
            TokenName name, TokenDigest digest, Lifetime lifetime, Description description, Attributes attributes)
            implements Change {
        public CreateNamed {
            Uniqueness.checkNotReserved(name);
        }

        /** Creates an admin token. */
        public CreateNamed(TokenName name, TokenDigest digest, Lifetime lifetime, Description description) {
            this(name, digest, lifetime, description, Attributes.ADMIN);
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            ActorLimits limits = ActorLimits.of(tokens, actor, now);
            limits.checkMay(TokenPermission.CREATE, name);
            Supplier<Token> token = () -> Token.issued(
                    tokens.nextId(), name, digest, description, lifetime.startingAt(now), attributes, actor, now);
            limits.checkMayGive(token);
            Uniqueness.checkUnused(tokens, name);
            name.checkNew();
            Uniqueness.checkUnused(tokens, digest);
            return new TokenEvent.Issued(actor, now, token.get());
        }
    }

    /** Registers a token whose secret was generated elsewhere; only its digest is given. */
    record Register(
            TokenName name, TokenDigest digest, Lifetime lifetime, Description description, Attributes attributes)
            implements Change {
        public Register {
            if (name.equals(TokenName.OPERATOR) && !(lifetime instanceof Lifetime.Unlimited)) {
                throw new TokenFailure.Invalid("expiry", "the operator token never expires");
            }
        }

        /** Registers an admin token. */
        public Register(TokenName name, TokenDigest digest, Lifetime lifetime, Description description) {
            this(name, digest, lifetime, description, Attributes.ADMIN);
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Supplier<Token> token = () -> Token.issued(
                    tokens.nextId(), name, digest, description, lifetime.startingAt(now), attributes, actor, now);
            Authorization.checkMayBring(tokens, name, token, actor, now);
            name.checkNew();
            Uniqueness.checkUnused(tokens, digest);
            return new TokenEvent.Issued(actor, now, token.get());
        }
    }

    /** Gives the operator token a new secret. */
    record RegenerateOperator(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Authorization.checkMayReplaceOperator(tokens, actor, now);
            Token operator = tokens.find(TokenName.OPERATOR).orElseThrow(TokenFailure.NoOperator::new);
            Uniqueness.checkUnused(tokens, digest);
            return new TokenEvent.Regenerated(actor, now, operator, operator.regenerated(digest, actor, now));
        }
    }

    /** Changes the properties of a named token. */
    record Edit(TokenName name, TokenEdit edit, Precondition precondition) implements Change {
        public Edit {
            edit.name().ifPresent(Uniqueness::checkNotReserved);
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            ActorLimits limits = ActorLimits.of(tokens, actor, now);
            limits.checkMay(TokenPermission.UPDATE, name);
            edit.name().ifPresent(newName -> limits.checkMay(TokenPermission.UPDATE, newName));
            Authorization.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeEdited());
            Token token = limits.existing(tokens, name);
            limits.checkMayChange(token);
            precondition.check(token);
            Token edited = token.edited(edit, actor, now);
            limits.checkMayGive(() -> edited);
            edit.name().filter(newName -> !newName.equals(name)).ifPresent(newName -> {
                Uniqueness.checkUnused(tokens, newName);
                newName.checkNew();
            });
            return new TokenEvent.Edited(actor, now, token, edited);
        }
    }

    /** Revokes a named token. */
    record Revoke(TokenName name, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            ActorLimits limits = ActorLimits.of(tokens, actor, now);
            limits.checkMay(TokenPermission.DELETE, name);
            Authorization.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeDeleted());
            Token token = limits.existing(tokens, name);
            precondition.check(token);
            return new TokenEvent.Revoked(actor, now, token);
        }
    }

    /** Disables a named token until it is enabled again; a token that is disabled already gets a new reason. */
    record Disable(TokenName name, Reason reason, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            ActorLimits limits = ActorLimits.of(tokens, actor, now);
            limits.checkMay(TokenPermission.DISABLE, name);
            Authorization.checkNotOperator(name, actor, new TokenFailure.OperatorCannotBeDisabled());
            Token token = limits.existing(tokens, name);
            precondition.check(token);
            return new TokenEvent.Disabled(actor, now, token, token.disabled(reason, actor, now));
        }
    }

    /** Enables a disabled token. */
    record Enable(TokenName name, Precondition precondition) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            ActorLimits limits = ActorLimits.of(tokens, actor, now);
            limits.checkMay(TokenPermission.DISABLE, name);
            Authorization.checkNotOperator(name, actor, new TokenFailure.NotDisabled(name));
            Token token = limits.existing(tokens, name);
            limits.checkMayChange(token);
            precondition.check(token);
            if (token.disablement().isEmpty()) {
                throw new TokenFailure.NotDisabled(name);
            }
            return new TokenEvent.Enabled(actor, now, token, token.enabled(actor, now));
        }
    }

    /**
     * Revokes a leaked secret together with its token, even if that has expired, because it could be extended.
     *
     * <p>If the previous secret of a rotation leaked, only that secret ends. For the operator token the leak is only
     * recorded, so that a report warns but locks nobody out. A retired secret has no effect.
     */
    record RevokeLeaked(TokenDigest digest) implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Optional<ActorLimits> limits = actor instanceof Actor.LeakReporter
                    ? Optional.empty()
                    : Optional.of(ActorLimits.of(tokens, actor, now));
            Token token = tokens.find(digest)
                    .filter(found -> found.secrets().accept(digest, now))
                    .orElseThrow(() -> new TokenFailure.NotFound("a token with this secret"));
            limits.ifPresent(those -> those.checkMayRevokeBySecret(token));
            if (token.isOperator()) {
                return new TokenEvent.OperatorSecretLeaked(actor, now, token);
            }
            return token.digest().equals(digest)
                    ? new TokenEvent.Revoked(actor, now, token)
                    : new TokenEvent.RotationFinished(
                            actor, now, token, token.withSecrets(token.secrets().finished(), actor, now));
        }
    }

    /** Records that a retired secret of an existing token was presented: there is an old copy of it somewhere. */
    record RecordReuse(TokenDigest digest) implements Change {
        /** How long further uses of the same secret are not recorded. */
        public static final Duration QUIET = Duration.ofHours(1);

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = tokens.find(digest).orElseThrow(() -> new TokenFailure.NotFound("a token with this secret"));
            FormerSecret used = token.secrets()
                    .former(digest)
                    .filter(one -> !one.isInGraceAt(now))
                    .orElseThrow(() -> new TokenFailure.NotFound("a retired secret"));
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

    /** Accepts a ledger that has lost its newest entries. */
    record AcceptLedger() implements Change {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Authorization.checkMayReplaceOperator(tokens, actor, now);
            return new TokenEvent.LedgerAccepted(
                    actor, now, tokens.find(TokenName.OPERATOR).orElseThrow(TokenFailure.NoOperator::new));
        }
    }

    /** Imports a token of another instance under its name. */
    record Import(Token token, Identity identity) implements Change {
        /** Whether the token keeps its id, to which other imported tokens may refer. */
        public enum Identity {
            /** It is imported together with all others into an empty instance, and keeps its id. */
            KEPT,
            /** It is added to existing tokens, and gets a new id. */
            NEW
        }

        public Import {
            token.checkBrought();
            if (identity == Identity.KEPT && token.id().value() > TokenId.MOST_IMPORTED) {
                throw new TokenFailure.Invalid("id", "id must be at most " + TokenId.MOST_IMPORTED);
            }
        }

        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Authorization.checkMayBring(tokens, token.name(), () -> token, actor, now);
            token.secrets().digests().forEach(digest -> Uniqueness.checkUnused(tokens, digest));
            return new TokenEvent.Issued(
                    actor,
                    now,
                    switch (identity) {
                        case KEPT -> {
                            if (token.id().value() < tokens.nextId().value()) {
                                throw new TokenFailure.Invalid(
                                        "id", "this id belongs, or once belonged, to another token");
                            }
                            yield token.moved(now);
                        }
                        case NEW -> token.imported(tokens.nextId(), now);
                    });
        }
    }
}
