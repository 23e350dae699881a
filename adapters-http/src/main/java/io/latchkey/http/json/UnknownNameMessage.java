package io.latchkey.http.json;

import io.latchkey.application.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The sentence that refuses a name which nobody knows: it says which one may have been meant, or which there are. */
public final class UnknownNameMessage {
    private UnknownNameMessage() {}

    /**
     * The sentence.
     *
     * @param what the name is one of, such as {@code field}
     * @param name as it was sent, whatever it holds
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
