package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an actor may do to tokens: everything, or what the permissions of its resource token allow.
 *
 * <p>Containment: a resource token creates or changes only tokens that can do nothing that it cannot do itself, before and
 * after the change. So no chain of changes leads to a token that may do more.
 *
 * @param holder the resource token that acts; empty for an actor without these limits
 */
record ActorLimits(Optional<Token> holder) {
    /** The limits of an actor; refuses actors that may not change tokens, and holders whose secret is no longer accepted. */
    static ActorLimits of(Tokens tokens, Actor actor, Instant now) {
        actor.checkMayAdminister();
        return new ActorLimits(
                actor instanceof Actor.Holder holder
                        ? Optional.of(Authorization.checkLive(tokens, holder, now))
                                .filter(token -> token.kind() == TokenKind.RESOURCE)
                        : Optional.empty());
    }

    /** Refuses an actor with limits. */
    void checkUnlimited() {
        if (holder.isPresent()) {
            throw new TokenFailure.Forbidden();
        }
    }

    /** Refuses an act that no permission allows, whether or not the token exists. */
    void checkMay(TokenPermission act, TokenName name) {
        holder.ifPresent(token -> act.on(name).check(token.rights()));
    }

    /** Whether the token of this name is the one that acts. */
    boolean isHeldBy(TokenName name) {
        return holder.filter(token -> token.name().equals(name)).isPresent();
    }

    /**
     * Refuses to revoke a token by its secret, unless it is the one that acts. The refusal does not name the token, and does not
     * depend on whether it is an admin token.
     */
    void checkMayRevokeBySecret(Token token) {
        boolean may = holder.filter(own -> !own.id().equals(token.id()))
                .map(own -> TokenPermission.DELETE.isAllowed(own.rights(), token))
                .orElse(true);
        if (!may) {
            throw holder.filter(own -> own.rights().allow(RequiredPermission.onAll("tokens", "delete")))
                            .isPresent()
                    ? new TokenFailure.Forbidden()
                    : new TokenFailure.PermissionMissing(TokenPermission.DELETE.onSome());
        }
    }

    /** The token of a name; for a resource token, admin tokens do not exist. */
    Token existing(Tokens tokens, TokenName name) {
        Token token = Uniqueness.existing(tokens, name);
        if (holder.isPresent() && token.kind() != TokenKind.RESOURCE) {
            throw new TokenFailure.NotFound(name.value());
        }
        return token;
    }

    /** Refuses to change a token that can do what the acting token cannot. */
    void checkMayChange(Token token) {
        if (holder.filter(own -> !own.contains(token)).isPresent()) {
            throw new TokenFailure.NotContained(
                    "a resource token can change only tokens that can do nothing that it cannot do itself");
        }
    }

    /**
     * Refuses to make a token that can do what the acting token cannot. To be asked before the name is looked up, so that such
     * a wish does not tell which names are taken.
     *
     * @param token not asked for by an actor without limits
     */
    void checkMayGive(Supplier<Token> token) {
        holder.flatMap(own -> own.missingFor(token.get())).ifPresent(missing -> {
            throw new TokenFailure.NotContained("a resource token can give only what it has itself: " + missing);
        });
    }
}
