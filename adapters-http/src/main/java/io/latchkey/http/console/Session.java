package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.TokenDigest;
import java.security.MessageDigest;

/**
 * A session of the console.
 *
 * @param secret the digest of the secret that signed in
 * @param generation the generation of the token's current secret at that time; another one ends the session
 * @param formToken must come back in each form
 * @param began monotonic, in nanoseconds
 * @param last the last request, monotonic, in nanoseconds
 */
record Session(TokenDigest secret, int generation, String formToken, long began, long last) {
    /** The same session, used at a time. */
    Session usedAt(long now) {
        return new Session(secret, generation, formToken, began, now);
    }

    /** Whether a form of this session was sent; takes the same time for all wrong values. */
    boolean issued(String sentToken) {
        return MessageDigest.isEqual(formToken.getBytes(UTF_8), sentToken.getBytes(UTF_8));
    }
}
