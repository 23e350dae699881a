package io.latchkey.application.table;

import io.latchkey.domain.InvisibleCharacters;

/** Makes untrusted text safe for a terminal: it cannot break a line or imitate other output. */
public final class TerminalText {
    // East Asian wide and fullwidth blocks, and those of emoji: first and last code point of each.
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F265, 0x1F300, 0x1F64F, 0x1F680,
        0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };
    // Two regional indicators form one flag.
    private static final int FIRST_OF_FLAG = 0x1F1E6;
    private static final int LAST_OF_FLAG = 0x1F1FF;

    // The first of the scripts whose letters joiners join, Arabic and Indic ones, behind Latin, Greek and Cyrillic.
    private static final int FIRST_JOINED = 0x0600;

    private TerminalText() {}

    /** The text with control, direction and invisible characters and look-alikes of {@code _} escaped. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        int previous = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(previous)) {
            int c = text.codePointAt(i);
            if (isTreacherous(c) && !isPartOf(previous, c)) {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                shown.appendCodePoint(c);
            }
            previous = c;
        }
        return shown.toString();
    }

    /** The escaped text in double quotes; quotes inside are escaped, too. */
    public static String quoted(String text) {
        return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** The width of a printable text in terminal columns. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    /** A printable text cut to a number of columns, with an ellipsis if it was cut. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int end = 0;
        int taken = 1;
        while (end < text.length()) {
            int next = text.codePointAt(end);
            taken += width(next);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(next);
        }
        return text.substring(0, end) + "…";
    }

    private static int width(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        if (codePoint < WIDE[0]) {
            return false;
        }
        if (Character.isEmojiPresentation(codePoint)) {
            return codePoint < FIRST_OF_FLAG || codePoint > LAST_OF_FLAG;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTreacherous(int codePoint) {
        if (codePoint < 0x7F) {
            return codePoint < ' ';
        }
        return InvisibleCharacters.contains(codePoint)
                || Character.getType(codePoint) == Character.CONNECTOR_PUNCTUATION
                // The ideographic space is wide enough to be seen.
                || (Character.isSpaceChar(codePoint) && codePoint != 0x3000);
    }

    /** Whether a joiner or variation selector belongs to a word or an emoji; those do not change the direction. */
    private static boolean isPartOf(int previous, int codePoint) {
        boolean ofEmoji = Character.isExtendedPictographic(previous) || Character.isEmojiModifier(previous);
        return switch (codePoint) {
            case 0xFE0E, 0xFE0F -> ofEmoji;
            case 0x200C, 0x200D ->
                ofEmoji
                        || previous == 0xFE0F
                        || (previous >= FIRST_JOINED && Character.isUnicodeIdentifierPart(previous));
            default -> false;
        };
    }
}
