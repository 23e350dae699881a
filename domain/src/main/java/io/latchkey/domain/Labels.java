package io.latchkey.domain;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Labels of a token, by which tokens are found: {@code env=prod}.
 *
 * @param values at most {@value #MOST}; each key is 1 to 63 of {@code a-z 0-9 . _ / -}, each value at most {@value
 *     #LONGEST_VALUE} code points without control characters
 */
public record Labels(SortedMap<String, String> values) {
    /** The most labels of a token. */
    public static final int MOST = 16;

    /** The longest value, in code points. */
    public static final int LONGEST_VALUE = 200;

    private static final Pattern KEY = Pattern.compile("[a-z0-9._/-]{1,63}");

    /** No labels. */
    public static final Labels NONE = new Labels(new TreeMap<>());

    /** Checks the labels; throws {@link TokenFailure.Invalid} with the rule that they break. */
    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        if (values.size() > MOST) {
            throw new TokenFailure.Invalid("labels", "a token must not have more than " + MOST + " labels");
        }
        values.forEach(Labels::check);
    }

    private static void check(String key, String value) {
        if (key.isEmpty()) {
            throw new TokenFailure.Invalid("labels", "expected a label KEY=VALUE, and not =" + shown(value));
        }
        if (!KEY.matcher(key).matches()) {
            throw new TokenFailure.Invalid(
                    "labels", "the key of a label must be 1 to 63 of a-z, 0-9 and . _ / -, and not " + shown(key));
        }
        Description.check("labels", value, LONGEST_VALUE);
    }

    private static String shown(String text) {
        return Permission.shown(text);
    }

    /**
     * Parses labels, each as {@code KEY=VALUE}.
     *
     * @throws TokenFailure.Invalid if one is not a label, or a key is given twice
     */
    public static Labels parse(List<String> texts) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new TokenFailure.Invalid("labels", "expected a label KEY=VALUE, and not " + shown(text));
            }
            if (values.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw new TokenFailure.Invalid(
                        "labels", "this label is given twice: " + shown(text.substring(0, equals)));
            }
        }
        return new Labels(values);
    }

    /** Each label as {@code KEY=VALUE}, sorted. */
    public List<String> texts() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }
}
