package io.latchkey.http.console;

import io.latchkey.domain.TokenSecret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets in a text that somebody pasted, each once, in their order; the whole text if nothing in it looks like one.
 *
 * @param first at most {@link #MOST}
 * @param all how many different ones there are
 */
record PastedSecrets(List<Pasted> first, int all) {
    /** How many secrets of a text are looked at. */
    static final int MOST = 20;

    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]+");
    /** The length of a generated secret, which may be followed by a letter of other text. */
    private static final int GENERATED = 92;

    PastedSecrets {
        first = List.copyOf(first);
    }

    /**
     * A secret.
     *
     * @param line where it is, from 1
     */
    record Pasted(TokenSecret secret, int line) {}

    static PastedSecrets in(String text) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        int line = 1;
        int seen = 0;
        Matcher matcher = SECRET.matcher(text);
        while (matcher.find()) {
            line += (int) text.substring(seen, matcher.start())
                    .chars()
                    .filter(each -> each == '\n')
                    .count();
            seen = matcher.start();
            lines.putIfAbsent(generated(matcher.group()), line);
        }
        if (lines.isEmpty()) {
            lines.put(text, 1);
        }
        return new PastedSecrets(
                lines.entrySet().stream()
                        .limit(MOST)
                        .map(each -> new Pasted(TokenSecret.presented(each.getKey()), each.getValue()))
                        .toList(),
                lines.size());
    }

    /** The generated secret at the start, if there is one. */
    private static String generated(String match) {
        return match.length() > GENERATED
                        && TokenSecret.presented(match.substring(0, GENERATED)).hasChecksum()
                ? match.substring(0, GENERATED)
                : match;
    }
}
