package io.latchkey.domain;

import java.time.Instant;
import java.util.function.Supplier;

/** Who may do what: each check returns normally or throws the refusal. */
final class Authorization {
    private Authorization() {}

    /** The token of a holder; refuses a holder whose secret is no longer accepted. */
    static Token checkLive(Tokens tokens, Actor.Holder holder, Instant now) {
        return tokens.find(holder.digest())
                .filter(token -> token.id().equals(holder.id()) && token.accepts(holder.digest(), now))
                .orElseThrow(TokenFailure.Unauthenticated::new);
    }

    /** Only the operator, the owner of the file and recovery may replace the operator's secret. */
    static void checkMayReplaceOperator(Tokens tokens, Actor actor, Instant now) {
        switch (actor) {
            case Actor.Holder holder -> {
                var _ = checkLive(tokens, holder, now);
                checkOperator(holder);
            }
            case Actor.FileOwner _, Actor.Recovery _ -> {}
            case Actor.LocalBootstrap(), Actor.RemoteBootstrap(), Actor.Anonymous(), Actor.ReuseDetector() ->
                throw new TokenFailure.Unauthenticated();
            case Actor.LeakReporter() -> throw new TokenFailure.Forbidden();
        }
    }

    /** The token of a name, if the actor may replace its secrets. */
    static Token rotatable(Tokens tokens, TokenName name, Actor actor, Instant now) {
        if (name.equals(TokenName.OPERATOR)) {
            checkMayReplaceOperator(tokens, actor, now);
            return tokens.find(name).orElseThrow(TokenFailure.NoOperator::new);
        }
        ActorLimits limits = ActorLimits.of(tokens, actor, now);
        if (limits.isHeldBy(name)) {
            return Uniqueness.existing(tokens, name); // the rotation of itself keeps everything else
        }
        limits.checkMay(TokenPermission.ROTATE, name);
        Token token = limits.existing(tokens, name);
        limits.checkMayChange(token);
        return token;
    }

    /**
     * Checks that a token whose secret was generated elsewhere has a free name; only the owner of the file may
     * register or import the operator token.
     */
    static void checkMayBring(Tokens tokens, TokenName name, Supplier<Token> token, Actor actor, Instant now) {
        ActorLimits limits = ActorLimits.of(tokens, actor, now);
        limits.checkMay(TokenPermission.CREATE, name);
        limits.checkMayGive(token);
        Uniqueness.checkUnused(tokens, name);
        if (name.equals(TokenName.OPERATOR) && !(actor instanceof Actor.FileOwner)) {
            throw new TokenFailure.Forbidden();
        }
    }

    static void checkOperator(Actor.Holder holder) {
        if (!holder.isOperator()) {
            throw new TokenFailure.Forbidden();
        }
    }

    /** Refuses the operation on the operator token: {@code Forbidden} for a named token, the given failure for others. */
    static void checkNotOperator(TokenName name, Actor actor, TokenFailure refusal) {
        if (name.equals(TokenName.OPERATOR)) {
            if (actor instanceof Actor.Holder holder) {
                checkOperator(holder);
            }
            throw refusal;
        }
    }

    static void checkNew(Tokens tokens) {
        if (!tokens.isEmpty()) {
            throw new TokenFailure.Unauthenticated();
        }
    }
}
