package io.latchkey.http.console;

import io.latchkey.http.wire.PercentEncoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A secret that somebody typed into a search: it must not stay in the address bar and in the history of the browser. */
final class SearchedSecret {
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]{8,}");
    private static final String REFUSED = "refused";
    private static final String WORD = "secret";

    private SearchedSecret() {}

    /** The path of the page without the fields that have a secret; empty if none has. */
    static Optional<String> without(List<String> path, FormFields query) {
        Map<String, String> rest = new TreeMap<>(query.values());
        rest.values().removeIf(value -> SECRET.matcher(value).find());
        if (rest.size() == query.values().size()) {
            return Optional.empty();
        }
        rest.remove(REFUSED);
        return Optional.of(rest.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field ->
                        PercentEncoding.encode(field.getKey()) + "=" + PercentEncoding.encode(field.getValue()) + "&")
                .collect(Collectors.joining("", String.join("/", path) + "?", REFUSED + "=" + WORD)));
    }

    /** Whether the reader comes from such a search. */
    static boolean wasRefused(FormFields query) {
        return query.text(REFUSED).equals(WORD);
    }
}
