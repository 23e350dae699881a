package io.latchkey.http.console;

import io.latchkey.application.ActorAccess;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;

/**
 * Whose session a request belongs to.
 *
 * @param id the value of the cookie
 * @param token as it is now
 * @param access what the token may ask of the authority
 */
record SignedIn(String id, Session session, Token token, Actor.Holder actor, ActorAccess access) {}
