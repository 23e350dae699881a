package io.latchkey.domain;

import java.time.Instant;

/** Who may do what: each check returns normally or throws the refusal. */
final class Authorization {
    private Authorization() {}

    /** Refuses actors that may not administer tokens; a holder only while its secret is accepted. */
    static void checkMayAdminister(Tokens tokens, Actor actor, Instant now) {
        actor.checkMayAdminister();
        if (actor instanceof Actor.Holder holder) {
            checkLive(tokens, holder, now);
        }
    }

    static void checkLive(Tokens tokens, Actor.Holder holder, Instant now) {
        boolean live = tokens.find(holder.digest())
                .filter(token -> token.id().equals(holder.id()) && token.accepts(holder.digest(), now))
                .isPresent();
        if (!live) {
            throw new TokenFailure.Unauthenticated();
        }
    }

    /** Only the operator, the owner of the file and recovery may replace the operator's secret. */
    static void checkMayReplaceOperator(Tokens tokens, Actor actor, Instant now) {
        switch (actor) {
            case Actor.Holder holder -> {
                checkLive(tokens, holder, now);
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
        checkMayAdminister(tokens, actor, now);
        return Uniqueness.existing(tokens, name);
    }

    /**
     * Checks that a token whose secret was generated elsewhere has a free name; only the owner of the file may
     * register or import the operator token.
     */
    static void checkMayBring(Tokens tokens, TokenName name, Actor actor, Instant now) {
        checkMayAdminister(tokens, actor, now);
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
