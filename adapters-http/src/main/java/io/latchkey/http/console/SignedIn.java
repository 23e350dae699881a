package io.latchkey.http.console;

import io.latchkey.application.ActorAccess;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenPermission;

/**
 * Whose session a request belongs to.
 *
 * @param id the value of the cookie
 * @param token as it is now
 * @param access what the token may ask of the authority
 */
record SignedIn(String id, Session session, Token token, Actor.Holder actor, ActorAccess access) {
    /** Whether the token that signed in may see every token. */
    boolean seesAll() {
        return token.rights().equals(Rights.ALL);
    }

    /** Whether the token that signed in may do something to a token; for a resource token, admin tokens do not exist. */
    boolean mayDo(TokenPermission act, Token other) {
        return act.isAllowed(token.rights(), other);
    }
}
