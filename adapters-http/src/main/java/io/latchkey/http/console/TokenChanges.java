package io.latchkey.http.console;

import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Token;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an event changed of a token, for people. */
final class TokenChanges {
    private TokenChanges() {}

    /**
     * A property before and after.
     *
     * @param before empty for nothing
     * @param after empty for nothing
     */
    record Change(String property, String before, String after) {}

    /** The properties that differ. */
    static List<Change> between(Optional<Token> before, Optional<Token> after) {
        Map<String, String> was = before.map(TokenChanges::properties).orElse(Map.of());
        Map<String, String> is = after.map(TokenChanges::properties).orElse(Map.of());
        return Stream.concat(was.keySet().stream(), is.keySet().stream())
                .distinct()
                .map(name -> new Change(name, was.getOrDefault(name, ""), is.getOrDefault(name, "")))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static Map<String, String> properties(Token token) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", token.name().value());
        properties.put("description", token.description().text());
        properties.put("expires", token.expiry().end().map(Instant::toString).orElse("never"));
        properties.put("permissions", String.join(" ", token.rights().texts()));
        properties.put(
                "accepted from", String.join(" ", token.attributes().from().texts()));
        properties.put(
                "valid from",
                token.attributes().notBefore().at().map(Instant::toString).orElse(""));
        properties.put("owner", token.attributes().owner().text());
        properties.put("labels", String.join(" ", token.attributes().labels().texts()));
        properties.put("routes", String.join(", ", token.attributes().routes().texts()));
        properties.put("secret", "number " + token.secrets().generation());
        properties.put(
                "old secret until",
                token.secrets().former().stream()
                        .findFirst()
                        .flatMap(former -> former.until())
                        .map(Instant::toString)
                        .orElse(""));
        properties.put(
                "disabled",
                token.disablement()
                        .map(each -> "since " + each.since()
                                + (each.reason().isEmpty()
                                        ? ""
                                        : ": " + each.reason().text()))
                        .orElse(""));
        properties.replaceAll((_, value) -> TerminalText.of(value));
        return properties;
    }
}
