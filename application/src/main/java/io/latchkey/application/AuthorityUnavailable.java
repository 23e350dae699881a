package io.latchkey.application;

/**
 * The authority cannot be used: its file, its server or the network has a problem.
 *
 * <p>The message is one sentence for the person at the command line: it names the place and what was expected. It is
 * never sent over the network.
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
