package io.latchkey.http;

import io.latchkey.application.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The sentence that refuses a name which nobody knows: it says which one may have been meant, or which there are. */
final class UnknownName {
    private UnknownName() {}

    /**
     * The sentence.
     *
     * @param what the name is one of, such as {@code field}
     * @param name as it was sent, whatever it holds
     */
    static String sentence(String what, String name, Collection<String> known) {
        return "unknown " + what + " `" + BadJson.quoted(name) + "`"
                + NearestName.of(name, known)
                        .map(near -> ", did you mean `" + near + "`?")
                        .orElseGet(() -> known.isEmpty()
                                ? ", expected none"
                                : known.stream().collect(Collectors.joining("`, `", ", expected one of `", "`")));
    }
}
