package io.latchkey.domain;

import java.text.Normalizer;

/**
 * Unique name of a token, compared code point by code point after NFC normalisation (contract A.1, row 5).
 *
 * @param value {@code _admin}, or 1 to {@value #MAX_LENGTH} code points without control, format, surrogate or
 *     unassigned characters, without white space at either end, and without a leading {@code _}
 */
public record TokenName(String value) {
    /** The longest name, in code points. */
    public static final int MAX_LENGTH = 128;

    /** The name of the operator token, and of no other. */
    public static final TokenName OPERATOR = new TokenName("_admin");

    /** Normalises and checks; refuses with {@link TokenFailure.Invalid} and the rule that was broken. */
    public TokenName {
        if (!isPrintableAscii(value)) {
            value = Normalizer.normalize(value, Normalizer.Form.NFC);
        }
        if (!value.equals("_admin")) {
            check(value);
        }
    }

    private static void check(String name) {
        if (name.isEmpty()) {
            throw refused("must not be empty");
        }
        if (name.codePointCount(0, name.length()) > MAX_LENGTH) {
            throw refused("must not be longer than " + MAX_LENGTH + " characters");
        }
        if (!isPrintableAscii(name) && name.codePoints().anyMatch(TokenName::isUnprintable)) {
            throw refused("must not contain control, format, surrogate or unassigned characters");
        }
        if (isSpace(name.codePointAt(0)) || isSpace(name.codePointBefore(name.length()))) {
            throw refused("must not begin or end with white space");
        }
        if (name.startsWith("_")) {
            throw refused("must not begin with '_', which is reserved");
        }
    }

    /** Whether nothing is to be normalised and nothing hidden, as in nearly every name: a million are soon loaded then. */
    private static boolean isPrintableAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether a character shows nothing a reader could tell apart: general categories Cc, Cf, Cs and Cn. */
    static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static TokenFailure refused(String rule) {
        return new TokenFailure.Invalid("name", "token name " + rule);
    }

    @Override
    public String toString() {
        return value;
    }
}
