package io.latchkey.domain;

import java.text.Normalizer;

/**
 * Unique name of a token, compared code point by code point after NFC normalisation (contract A.1, row 5).
 *
 * <p>A name that exists may have characters that a new one may not have, see {@link #checkNew}.
 *
 * @param value {@code _admin}, or 1 to {@value #MAX_LENGTH} code points without control, format, surrogate or
 *     unassigned characters, without white space at either end, and without a leading {@code _}
 */
public record TokenName(String value) {
    /** The longest name, in code points. */
    public static final int MAX_LENGTH = 128;

    /** The name of the operator token, and of no other. */
    public static final TokenName OPERATOR = new TokenName("_admin");

    /** Normalises and checks the name; throws {@link TokenFailure.Invalid} with the rule that it breaks. */
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

    /**
     * Refuses the name for a token that does not exist yet if it may look like another name or like {@code _admin}, as far
     * as general rules can tell (Unicode Technical Standard 39, sections 3 and 5).
     *
     * @throws TokenFailure.Invalid if it contains an invisible character, a space that is not U+0020, a character for
     *     private use, letters of several scripts in one word, or a character that NFKC replaces; or begins with a combining
     *     mark or with a character that looks like the reserved {@code _}
     */
    public void checkNew() {
        if (isPrintableAscii(value)) {
            return;
        }
        if (value.codePoints().anyMatch(InvisibleCharacters::contains)) {
            throw refused("must not contain characters that cannot be seen");
        }
        if (looksLikeLowLine(value.codePointAt(0))) {
            throw refused("must not begin with what looks like '_', which is reserved");
        }
        if (isMark(value.codePointAt(0))) {
            throw refused("must not begin with a combining mark");
        }
        if (value.codePoints().anyMatch(c -> c != ' ' && Character.isSpaceChar(c))) {
            throw refused("must not contain another space than U+0020");
        }
        if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.PRIVATE_USE)) {
            throw refused("must not contain characters for private use");
        }
        if (MixedScripts.in(value)) {
            throw refused("must not mix letters of several scripts in one word");
        }
        String compatible = Normalizer.normalize(value, Normalizer.Form.NFKC);
        if (!compatible.equals(value)) {
            throw refused("must not contain characters that stand for others: write " + compatible);
        }
    }

    private static boolean looksLikeLowLine(int codePoint) {
        // Modifier letters low macron and low line, double low line, combining low lines; connectors such as U+FF3F.
        return switch (codePoint) {
            case 0x02CD, 0xA7F7, 0x2017, 0x0332, 0x0333, 0x23BD, 0x2581 -> true;
            default -> Character.getType(codePoint) == Character.CONNECTOR_PUNCTUATION;
        };
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Whether the name is plain ASCII, as nearly all are, so that a million load fast. */
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
