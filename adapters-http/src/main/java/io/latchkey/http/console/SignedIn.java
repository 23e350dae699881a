package io.latchkey.http.console;

import io.latchkey.application.ActorAccess;
import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenPermission;
import java.util.Optional;

/**
 * Whose session a request belongs to.
 *
 * @param id the value of the cookie
 * @param token as it is now; empty for the owner of the store
 * @param access what may be asked of the authority
 */
record SignedIn(String id, Session session, Optional<Token> token, Actor actor, ActorAccess access) {
    /** What may be done. */
    Rights rights() {
        return token.map(Token::rights).orElse(Rights.ALL);
    }

    /** Whether every token may be seen. */
    boolean seesAll() {
        return rights().equals(Rights.ALL);
    }

    /** Whether something may be done to a token; for a resource token, admin tokens do not exist. */
    boolean mayDo(TokenPermission act, Token other) {
        return act.isAllowed(rights(), other);
    }

    /** Whether what a permission stands for may be done. */
    boolean may(RequiredPermission required) {
        try {
            required.check(rights());
            return true;
        } catch (TokenFailure.PermissionMissing e) {
            return false;
        }
    }

    /** Whether a token signed in. */
    boolean is(Token other) {
        return token.filter(own -> own.id().equals(other.id())).isPresent();
    }

    /** Who signed in, for people. */
    String name() {
        return token.map(own -> own.name().value())
                .orElseGet(() -> actor instanceof Actor.FileOwner(Optional<LocalUser> user) && user.isPresent()
                        ? user.get() + ", owner of the database"
                        : "owner of the database");
    }
}
