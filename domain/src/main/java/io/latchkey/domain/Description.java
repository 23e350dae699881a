package io.latchkey.domain;

/**
 * Free text that says what a token is for.
 *
 * @param text up to {@value #MAX_LENGTH} code points without control characters; empty for none
 */
public record Description(String text) {
    /** The longest description, in code points. */
    public static final int MAX_LENGTH = 1000;

    /** No description. */
    public static final Description NONE = new Description("");

    /** Checks the text; throws {@link TokenFailure.Invalid} with the rule that it breaks. */
    public Description {
        check("description", text, MAX_LENGTH);
    }

    static void check(String field, String text, int longest) {
        if (text.codePointCount(0, text.length()) > longest) {
            throw new TokenFailure.Invalid(field, field + " must not be longer than " + longest + " characters");
        }
        if (text.codePoints().anyMatch(Description::isUnstorable)) {
            throw new TokenFailure.Invalid(field, field + " must not contain control characters or lone surrogates");
        }
    }

    private static boolean isUnstorable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    /** Whether there is no description. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
