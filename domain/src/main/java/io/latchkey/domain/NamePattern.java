package io.latchkey.domain;

import java.text.Normalizer;
import java.util.List;

/**
 * A pattern of names, in which {@code *} stands for any characters, also for none.
 *
 * @param literals the texts between the stars, in order; one or more
 */
public record NamePattern(List<String> literals) {
    /** The most characters that a pattern has. */
    public static final int LONGEST = 256;

    public NamePattern {
        literals = List.copyOf(literals);
    }

    /**
     * Parses a pattern and normalises it to Unicode's NFC, as names are.
     *
     * @throws TokenFailure.Invalid if it is empty or longer than {@value #LONGEST} characters
     */
    public static NamePattern parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new TokenFailure.Invalid(
                    "name", "expected a name, or a pattern of names such as ci-*, of 1 to " + LONGEST + " characters");
        }
        return new NamePattern(
                List.of(Normalizer.normalize(text, Normalizer.Form.NFC).split("\\*", -1)));
    }

    /** The text that it was parsed from. */
    public String text() {
        return String.join("*", literals);
    }

    /** Whether a name matches. */
    public boolean matches(TokenName name) {
        String text = name.value();
        String first = literals.getFirst();
        if (literals.size() == 1) {
            return text.equals(first);
        }
        String last = literals.getLast();
        if (!text.startsWith(first) || !text.endsWith(last) || text.length() < first.length() + last.length()) {
            return false;
        }
        // Matching each literal as far left as possible is sufficient.
        int from = first.length();
        int end = text.length() - last.length();
        for (String literal : literals.subList(1, literals.size() - 1)) {
            int at = text.indexOf(literal, from);
            if (at < 0 || at + literal.length() > end) {
                return false;
            }
            from = at + literal.length();
        }
        return true;
    }
}
