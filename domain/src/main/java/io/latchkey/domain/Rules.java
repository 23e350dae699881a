package io.latchkey.domain;

import java.time.Instant;

/** The checks that several changes share; each passes silently or refuses. */
final class Rules {
    private Rules() {}

    /** Everybody who is known may administer; a holder only while the secret it came with is that of a live token. */
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

    /** A new operator secret is for the operator, for whoever has the file, and for whoever recovers. */
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

    /** The token whose secrets somebody may replace. */
    static Token rotatable(Tokens tokens, TokenName name, Actor actor, Instant now) {
        if (name.equals(TokenName.OPERATOR)) {
            checkMayReplaceOperator(tokens, actor, now);
            return tokens.find(name).orElseThrow(TokenFailure.NoOperator::new);
        }
        checkMayAdminister(tokens, actor, now);
        return existing(tokens, name);
    }

    static FormerSecret predecessor(Token token, Instant now) {
        return token.secrets().predecessor(now).orElseThrow(() -> new TokenFailure.NoRotation(token.name()));
    }

    /**
     * A token whose secret was made elsewhere needs a name that is free; and only whoever can write the file may bring
     * the operator token.
     */
    static void checkMayBring(Tokens tokens, TokenName name, Actor actor, Instant now) {
        checkMayAdminister(tokens, actor, now);
        checkUnused(tokens, name);
        if (name.equals(TokenName.OPERATOR) && !(actor instanceof Actor.FileOwner)) {
            throw new TokenFailure.Forbidden();
        }
    }

    static void checkOperator(Actor.Holder holder) {
        if (!holder.isOperator()) {
            throw new TokenFailure.Forbidden();
        }
    }

    /** Nobody may do this to the operator token: a named token because of what it is, the others because of the act. */
    static void checkNotOperator(TokenName name, Actor actor, TokenFailure refusal) {
        if (name.equals(TokenName.OPERATOR)) {
            if (actor instanceof Actor.Holder holder) {
                checkOperator(holder);
            }
            throw refusal;
        }
    }

    static void checkNotReserved(TokenName name) {
        if (name.equals(TokenName.OPERATOR)) {
            throw new TokenFailure.Invalid("name", "token name must not begin with '_', which is reserved");
        }
    }

    static void checkNew(Tokens tokens) {
        if (!tokens.isEmpty()) {
            throw new TokenFailure.Unauthenticated();
        }
    }

    static void checkUnused(Tokens tokens, TokenName name) {
        if (tokens.find(name).isPresent()) {
            throw new TokenFailure.NameTaken(name);
        }
    }

    static void checkUnused(Tokens tokens, TokenDigest digest) {
        if (tokens.find(digest).isPresent()) {
            throw new TokenFailure.SecretTaken();
        }
    }

    static Token existing(Tokens tokens, TokenName name) {
        return tokens.find(name).orElseThrow(() -> new TokenFailure.NotFound(name.value()));
    }
}
