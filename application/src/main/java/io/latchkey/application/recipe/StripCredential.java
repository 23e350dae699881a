package io.latchkey.application.recipe;

import static java.util.stream.Collectors.joining;

import io.latchkey.domain.TokenFailure;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a proxy removes the credential of a request before it forwards the request to the service.
 *
 * <p>A line of a template that begins with {@code @strip@} or {@code @keep@} belongs to one of the two.
 */
enum StripCredential {
    STRIP,
    KEEP;

    /** {@code strip} or {@code keep}. */
    static StripCredential parse(String text) {
        return switch (text) {
            case "strip" -> STRIP;
            case "keep" -> KEEP;
            default -> throw new TokenFailure.Invalid("credential", "expected strip or keep");
        };
    }

    /** The lines of a text that belong to this choice, or to every choice. */
    String lines(String text) {
        return text.lines().flatMap(this::line).collect(joining("\n", "", "\n"));
    }

    private Stream<String> line(String line) {
        for (StripCredential choice : values()) {
            String mark = "@" + choice.name().toLowerCase(Locale.ROOT) + "@";
            if (line.startsWith(mark)) {
                return choice == this ? Stream.of(line.substring(mark.length())) : Stream.empty();
            }
        }
        return Stream.of(line);
    }
}
