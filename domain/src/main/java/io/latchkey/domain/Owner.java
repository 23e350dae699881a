package io.latchkey.domain;

/**
 * Who is responsible for a token, as free text: a person, a team, an e-mail address.
 *
 * @param text 1 to {@value #MAX_LENGTH} code points without control characters; empty for none
 */
public record Owner(String text) {
    /** The longest owner, in code points. */
    public static final int MAX_LENGTH = 200;

    /** No owner. */
    public static final Owner NONE = new Owner("");

    /** Checks the text; throws {@link TokenFailure.Invalid} with the rule that it breaks. */
    public Owner {
        Description.check("owner", text, MAX_LENGTH);
    }

    /** Whether there is no owner. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
