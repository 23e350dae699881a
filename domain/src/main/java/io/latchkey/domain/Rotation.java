package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Replaces a token's secret without an outage: both are accepted for the grace period; the rotation can be
 * finished or undone.
 */
public sealed interface Rotation extends Change {
    /** The name of the token. */
    TokenName name();

    /** Gives a token a new secret, and the old one a grace period. */
    record Begin(
            TokenName name,
            TokenDigest digest,
            GracePeriod grace,
            Optional<IdempotencyKey> key,
            Precondition precondition)
            implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Authorization.rotatable(tokens, name, actor, now);
            // Before the precondition, which no longer holds once the rotation is done.
            token.secrets()
                    .lastKeyed()
                    .filter(last -> key.map(IdempotencyKey::sha256).equals(Optional.of(last.key())))
                    .ifPresent(last -> {
                        throw new TokenFailure.AlreadyRotated(name, last.at());
                    });
            precondition.check(token);
            token.secrets().predecessor(now).flatMap(FormerSecret::until).ifPresent(until -> {
                throw new TokenFailure.RotationUnderWay(name, until);
            });
            Uniqueness.checkUnused(tokens, digest);
            return new TokenEvent.Rotated(actor, now, token, token.rotated(digest, grace, key, actor, now));
        }
    }

    /** Ends the old secret before its grace period is over. */
    record Finish(TokenName name, Precondition precondition) implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Authorization.rotatable(tokens, name, actor, now);
            precondition.check(token);
            token.predecessor(now);
            return new TokenEvent.RotationFinished(
                    actor, now, token, token.withSecrets(token.secrets().finished(), actor, now));
        }
    }

    /** Returns to the old secret while it is accepted, and ends the new one. */
    record Undo(TokenName name, Precondition precondition) implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Authorization.rotatable(tokens, name, actor, now);
            precondition.check(token);
            SecretDigests undone = token.secrets().undone(token.predecessor(now));
            return new TokenEvent.RotationUndone(actor, now, token, token.withSecrets(undone, actor, now));
        }
    }
}
