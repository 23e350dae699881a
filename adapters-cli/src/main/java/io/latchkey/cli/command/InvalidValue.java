package io.latchkey.cli.command;

import io.latchkey.application.table.TerminalText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that breaks a rule, and which part of it does.
 *
 * @param position of the offending part, or -1 if it is the whole
 */
record InvalidValue(Arguments.Given given, String sentence, int position) {
    private static final Pattern POSITION = Pattern.compile("at (\\d+)$");
    private static final Pattern PART = Pattern.compile("unit \"(.+?)\"");

    /** What a refusal's sentence says about a value: it names a position, or quotes a part of it. */
    static InvalidValue of(Arguments.Given given, String sentence) {
        Matcher position = POSITION.matcher(sentence);
        if (position.find()) {
            return new InvalidValue(given, sentence, Integer.parseInt(position.group(1)));
        }
        Matcher part = PART.matcher(sentence);
        return new InvalidValue(given, sentence, part.find() ? given.text().lastIndexOf(part.group(1)) : -1);
    }

    /** The sentence, and below it a caret at the offending part. */
    String message(String source) {
        String message = "invalid value '" + TerminalText.of(given.text()) + "' for '" + source + "': " + sentence;
        if (position < 0 || position > given.text().length()) {
            return message;
        }
        String before = TerminalText.of(given.text().substring(0, position));
        return message + "\n\n    " + TerminalText.of(given.text()) + "\n    " + " ".repeat(TerminalText.width(before))
                + "^";
    }
}
