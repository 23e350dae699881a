package io.latchkey.domain;

/** Characters that are not visible, so that two texts with and without them look the same. */
public final class InvisibleCharacters {
    // First and last code point of each range. The property Default_Ignorable_Code_Point (Unicode 16,
    // DerivedCoreProperties.txt), which the JDK does not have, as far as it goes beyond the categories below.
    private static final int[] RANGES = {
        0x034F, 0x034F, // combining grapheme joiner
        0x115F, 0x1160, // Hangul fillers
        0x17B4, 0x17B5, // Khmer inherent vowels
        0x180B, 0x180F, // Mongolian variation selectors
        0x2065, 0x2065,
        0x3164, 0x3164, // Hangul filler
        0xFE00, 0xFE0F, // variation selectors
        0xFFA0, 0xFFA0, // halfwidth Hangul filler
        0xFFF0, 0xFFF8,
        0xE0000, 0xE0FFF, // tags and more variation selectors
        // Blank characters in the category of symbols.
        0x2800, 0x2800, // Braille pattern without a dot
        0x1D159, 0x1D159 // musical null notehead
    };

    private InvisibleCharacters() {}

    /**
     * Whether a character is one: a control, format, surrogate, unassigned or ignorable one, a separator or a
     * filler.
     */
    public static boolean contains(int codePoint) {
        return codePoint < RANGES[0]
                ? isOfInvisibleCategory(codePoint)
                : isOfInvisibleCategory(codePoint) || isInRange(codePoint);
    }

    private static boolean isOfInvisibleCategory(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isInRange(int codePoint) {
        for (int i = 0; i < RANGES.length; i += 2) {
            if (codePoint >= RANGES[i] && codePoint <= RANGES[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
