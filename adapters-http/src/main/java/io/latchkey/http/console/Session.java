package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenVersion;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session of the console.
 *
 * @param formToken must come back in each form
 * @param began monotonic, in nanoseconds
 * @param last the last request, monotonic, in nanoseconds
 * @param notice what the next page says
 * @param sent the last forms that must not be sent twice, as {@link Sessions#once} names them
 */
record Session(
        Principal principal, String formToken, long began, long last, Optional<Notice> notice, List<String> sent) {
    /** How many forms are remembered. */
    private static final int MOST_SENT = 32;

    Session {
        sent = List.copyOf(sent);
    }

    /** A session that begins. */
    static Session begin(Principal principal, String formToken, long now) {
        return new Session(principal, formToken, now, now, Optional.empty(), List.of());
    }

    /**
     * What a form has done, and which page is to say so.
     *
     * @param path of the page, behind {@code /console/}
     */
    record Notice(String path, Done done) {}

    /** Whom a session belongs to. */
    sealed interface Principal {}

    /**
     * The token that has a secret.
     *
     * @param digest of the secret that signed in
     * @param version of the token at that time, or after the last change that this session made; another one ends the session
     */
    record Secret(TokenDigest digest, TokenVersion version) implements Principal {}

    /**
     * The owner of the store, who has no secret that could end: such a session ends by time, by signing out, with the server,
     * or when the operator token gets another secret.
     *
     * @param operator its secret when the session began; empty if there was none
     */
    record Owner(Actor.FileOwner actor, Optional<OperatorSecret> operator) implements Principal {}

    /** Which secret the operator token has. */
    record OperatorSecret(TokenId id, int generation) {
        static OperatorSecret of(Token operator) {
            return new OperatorSecret(operator.id(), operator.secrets().generation());
        }
    }

    /** The same session, used at a time. */
    Session usedAt(long now) {
        return new Session(principal, formToken, began, now, notice, sent);
    }

    /** The same session, of a token that it changed. */
    Session of(Secret changed) {
        return new Session(changed, formToken, began, last, notice, sent);
    }

    /** The same session with something to say, or nothing. */
    Session saying(Optional<Notice> other) {
        return new Session(principal, formToken, began, last, other, sent);
    }

    /** The same session, which sends a form; the oldest of too many is forgotten. */
    Session sending(String form) {
        List<String> all = Stream.concat(sent.stream(), Stream.of(form)).toList();
        return remembering(all.subList(Math.max(0, all.size() - MOST_SENT), all.size()));
    }

    /** The same session, which has not sent a form. */
    Session notSending(String form) {
        return remembering(sent.stream().filter(each -> !each.equals(form)).toList());
    }

    private Session remembering(List<String> forms) {
        return new Session(principal, formToken, began, last, notice, forms);
    }

    /** Whether a form of this session was sent; takes the same time for all wrong values. */
    boolean issued(String sentToken) {
        return MessageDigest.isEqual(formToken.getBytes(UTF_8), sentToken.getBytes(UTF_8));
    }
}
