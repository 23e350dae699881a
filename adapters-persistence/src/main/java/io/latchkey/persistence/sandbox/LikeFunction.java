package io.latchkey.persistence.sandbox;

import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.sqlite.Function;

/**
 * InfluxDB's operator {@code LIKE} as an SQLite function: the pattern, the text, and optionally the escape character, which
 * is otherwise a backslash. The pattern can have 256 characters.
 *
 * <p>Replaces SQLite's own function, which takes very long for a pattern with many percent signs and cannot be
 * interrupted. This one backtracks only to the last percent sign.
 */
final class LikeFunction extends Function {
    private static final int NULL = 5;
    private static final int LONGEST_PATTERN = 256;

    private static final char ANY = '%';
    private static final char ONE = '_';

    private final UnaryOperator<String> fold;

    /** @param fold applied to pattern and text before they are compared, such as conversion to lower case */
    LikeFunction(UnaryOperator<String> fold) {
        this.fold = fold;
    }

    @Override
    protected void xFunc() throws SQLException {
        for (int i = 0; i < args(); i++) {
            if (value_type(i) == NULL) {
                result();
                return;
            }
        }
        String pattern = value_text(0);
        String escape = args() == 3 ? value_text(2) : "\\";
        if (pattern.length() > LONGEST_PATTERN) {
            error("a LIKE pattern has at most " + LONGEST_PATTERN + " characters");
        } else if (escape.length() != 1) {
            error("ESCAPE needs one character");
        } else {
            result(matches(fold.apply(pattern), escape.charAt(0), fold.apply(value_text(1))) ? 1 : 0);
        }
    }

    /** Whether the whole text matches a pattern of literals, {@code %} and {@code _}. */
    static boolean matches(String pattern, char escape, String text) {
        int p = 0;
        int t = 0;
        int afterAny = -1;
        int triedFrom = -1;
        while (t < text.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (wanted == ANY && p < pattern.length() && escape != ANY) {
                afterAny = ++p;
                triedFrom = t;
                continue;
            }
            int after = afterOne(pattern, p, escape, text, t);
            if (after >= 0) {
                t += wanted == ONE && escape != ONE ? Character.charCount(text.codePointAt(t)) : 1;
                p = after;
            } else if (afterAny >= 0) {
                p = afterAny;
                t = ++triedFrom;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == ANY && escape != ANY) {
            p++;
        }
        return p == pattern.length();
    }

    /** The position in the pattern after it has matched one character; -1 if it does not match. */
    private static int afterOne(String pattern, int p, char escape, String text, int t) {
        if (p >= pattern.length()) {
            return -1;
        }
        char wanted = pattern.charAt(p);
        if (wanted == escape && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == text.charAt(t) ? p + 2 : -1;
        }
        return wanted == ONE || wanted == text.charAt(t) ? p + 1 : -1;
    }
}
