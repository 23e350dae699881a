package io.latchkey.application;

/**
 * The authority cannot be asked: its file, its server or the way to it is not as it should be.
 *
 * <p>The message is one sentence for the person who runs it; it names the place, says what was expected, and never
 * goes out over the wire.
 */
@SuppressWarnings("serial") // never serialized
public final class AuthorityUnavailable extends RuntimeException {
    public AuthorityUnavailable(String sentence) {
        super(sentence);
    }

    public AuthorityUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
