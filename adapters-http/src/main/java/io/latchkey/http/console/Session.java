package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenVersion;
import java.security.MessageDigest;

/**
 * A session of the console.
 *
 * @param formToken must come back in each form
 * @param began monotonic, in nanoseconds
 * @param last the last request, monotonic, in nanoseconds
 */
record Session(Principal principal, String formToken, long began, long last) {
    /** Whom a session belongs to. */
    sealed interface Principal {}

    /**
     * The token that has a secret.
     *
     * @param digest of the secret that signed in
     * @param version of the token at that time, or after the last change that this session made; another one ends the session
     */
    record Secret(TokenDigest digest, TokenVersion version) implements Principal {}

    /** The owner of the store, who has no secret that could end: such a session ends by time, by signing out or with the server. */
    record Owner(Actor.FileOwner actor) implements Principal {}

    /** The same session, used at a time. */
    Session usedAt(long now) {
        return new Session(principal, formToken, began, now);
    }

    /** The same session, of a token that it changed. */
    Session of(Secret changed) {
        return new Session(changed, formToken, began, last);
    }

    /** Whether a form of this session was sent; takes the same time for all wrong values. */
    boolean issued(String sentToken) {
        return MessageDigest.isEqual(formToken.getBytes(UTF_8), sentToken.getBytes(UTF_8));
    }
}
