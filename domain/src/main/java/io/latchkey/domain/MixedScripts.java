package io.latchkey.domain;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds words in letters of several scripts, such as a Cyrillic letter in a Latin word, which look like another word
 * (Unicode Technical Standard 39, section 5.2, "highly restrictive"; applied to each word by itself).
 */
final class MixedScripts {
    /** The scripts that Japanese, Chinese and Korean are written in together, also with Latin letters. */
    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER = List.of(
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private MixedScripts() {}

    static boolean in(String text) {
        Set<UnicodeScript> ofWord = EnumSet.noneOf(UnicodeScript.class);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            UnicodeScript script = UnicodeScript.of(codePoint);
            if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
                ofWord.add(script);
                if (!areWrittenTogether(ofWord)) {
                    return true;
                }
            } else if (!Character.isLetterOrDigit(codePoint) && script == UnicodeScript.COMMON) {
                ofWord.clear();
            }
        }
        return false;
    }

    private static boolean areWrittenTogether(Set<UnicodeScript> scripts) {
        return scripts.size() == 1 || WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
    }
}
