package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/** To replace a token's secret without an outage: both are accepted for a while, and either can be made to stay. */
public sealed interface Rotation extends Change {
    /** The token that it is about. */
    TokenName name();

    /** To give a token a new secret, and the old one a time to be replaced wherever it is used. */
    record Begin(
            TokenName name,
            TokenDigest digest,
            GracePeriod grace,
            Optional<IdempotencyKey> key,
            Precondition precondition)
            implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Rules.rotatable(tokens, name, actor, now);
            // Before the precondition, which a rotation that was done no longer fulfils.
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
            Rules.checkUnused(tokens, digest);
            return new TokenEvent.Rotated(actor, now, token, token.rotated(digest, grace, key, actor, now));
        }
    }

    /** To end the old secret before its time. */
    record Finish(TokenName name, Precondition precondition) implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Rules.rotatable(tokens, name, actor, now);
            precondition.check(token);
            Rules.predecessor(token, now);
            return new TokenEvent.RotationFinished(
                    actor, now, token, token.withSecrets(token.secrets().finished(), actor, now));
        }
    }

    /** To return to the old secret while it lives, and end the new one. */
    record Undo(TokenName name, Precondition precondition) implements Rotation {
        @Override
        public TokenEvent decide(Tokens tokens, Actor actor, Instant now) {
            Token token = Rules.rotatable(tokens, name, actor, now);
            precondition.check(token);
            SecretDigests undone = token.secrets().undone(Rules.predecessor(token, now));
            return new TokenEvent.RotationUndone(actor, now, token, token.withSecrets(undone, actor, now));
        }
    }
}
