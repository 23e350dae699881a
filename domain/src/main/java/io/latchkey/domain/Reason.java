package io.latchkey.domain;

/**
 * Free text that says why a token is disabled.
 *
 * @param text as long as a {@link Description} at most, without control characters; empty for none
 */
public record Reason(String text) {
    /** No reason. */
    public static final Reason NONE = new Reason("");

    public Reason {
        Description.check("reason", text, Description.MAX_LENGTH);
    }

    /** Whether there is no reason. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
