package io.latchkey.cli.command;

import io.latchkey.application.table.TerminalText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invalid value.
 *
 * @param position index of the invalid part, or -1 for the whole value
 */
record InvalidValue(Arguments.Given given, String sentence, int position) {
    private static final Pattern POSITION = Pattern.compile("at (\\d+)$");
    private static final Pattern PASSWORD = Pattern.compile("(://[^/@:]*):.*@");
    private static final Pattern PARAMETER = Pattern.compile("([?&](?:ssl)?password=)[^&]*");
    private static final Pattern PART = Pattern.compile("unit \"(.+?)\"");

    /** Finds the position in the message, which contains an index or quotes the invalid part. */
    static InvalidValue of(Arguments.Given given, String sentence) {
        Matcher position = POSITION.matcher(sentence);
        if (position.find()) {
            return new InvalidValue(given, sentence, Integer.parseInt(position.group(1)));
        }
        Matcher part = PART.matcher(sentence);
        return new InvalidValue(given, sentence, part.find() ? given.text().lastIndexOf(part.group(1)) : -1);
    }

    /** The message, with a caret below the invalid part. */
    String message(String source) {
        String message = "invalid value '" + TerminalText.of(withoutPassword(given.text())) + "' for '" + source + "': "
                + sentence;
        if (position < 0 || position > given.text().length()) {
            return message;
        }
        String before = TerminalText.of(given.text().substring(0, position));
        return message + "\n\n    " + TerminalText.of(given.text()) + "\n    " + " ".repeat(TerminalText.width(before))
                + "^";
    }

    /** A URL without the passwords in it; any other text as it is. */
    private static String withoutPassword(String text) {
        String withoutUsers = PASSWORD.matcher(text).replaceFirst("$1:***@");
        return PARAMETER.matcher(withoutUsers).replaceAll("$1***");
    }
}
