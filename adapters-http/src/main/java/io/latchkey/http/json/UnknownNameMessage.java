package io.latchkey.http.json;

import io.latchkey.application.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The message for an unknown name: suggests the most similar known name, or lists all known names. */
public final class UnknownNameMessage {
    private UnknownNameMessage() {}

    /**
     * The message.
     *
     * @param what the kind of the name, such as {@code field}
     * @param name as it was sent; it is shortened and made printable
     */
    public static String sentence(String what, String name, Collection<String> known) {
        return "unknown " + what + " `" + JsonException.quoted(name) + "`"
                + NearestName.of(name, known)
                        .map(near -> ", did you mean `" + near + "`?")
                        .orElseGet(() -> known.isEmpty()
                                ? ", expected none"
                                : known.stream().collect(Collectors.joining("`, `", ", expected one of `", "`")));
    }
}
