package io.latchkey.application;

import io.latchkey.domain.Labels;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Optional;

/**
 * Matches tokens with a label.
 *
 * @param key its key
 * @param value its value; empty for any value
 */
public record LabelMatch(String key, Optional<String> value) {
    /**
     * Parses {@code KEY=VALUE}, or {@code KEY} for any value.
     *
     * @throws TokenFailure.Invalid if no token can have such a label
     */
    public static LabelMatch parse(String text) {
        int equals = text.indexOf('=');
        LabelMatch match = equals < 0
                ? new LabelMatch(text, Optional.empty())
                : new LabelMatch(text.substring(0, equals), Optional.of(text.substring(equals + 1)));
        var _ = Labels.parse(List.of(match.key + "=" + match.value.orElse("")));
        return match;
    }

    /** The text, which {@link #parse} reads. */
    public String text() {
        return value.map(text -> key + "=" + text).orElse(key);
    }

    /** Whether labels match. */
    boolean of(Labels labels) {
        return Optional.ofNullable(labels.values().get(key))
                .filter(present -> value.isEmpty() || value.get().equals(present))
                .isPresent();
    }
}
