package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL stores no NUL and no lone surrogate, so that no text of a token may contain one. */
final class StoredTextsTest {
    /** Each makes a value of a text, and returns what a store keeps of it. */
    private static final Map<String, UnaryOperator<String>> STORED = new TreeMap<>(Map.ofEntries(
            Map.entry("name", text -> new TokenName(text).value()),
            Map.entry("description", text -> new Description(text).text()),
            Map.entry("owner", text -> new Owner(text).text()),
            Map.entry("reason", text -> new Reason(text).text()),
            Map.entry("label", text -> Labels.parse(List.of("key=" + text)).toString()),
            Map.entry(
                    "label key", text -> Labels.parse(List.of(text + "=value")).toString()),
            Map.entry("local user", text -> new LocalUser(text).name()),
            Map.entry("system's local user", text -> LocalUser.called(text).toString()),
            Map.entry(
                    "permission",
                    text -> Permission.parse("db:" + text + ":read").text()),
            Map.entry(
                    "permission of names",
                    text -> Permission.of("db", List.of(text), List.of("read")).text()),
            Map.entry("route", text -> Route.parse("GET example.org/" + text).toString()),
            Map.entry("route host", text -> Route.parse("GET " + text + "/a").toString())));

    static Stream<Arguments> texts() {
        return STORED.entrySet().stream()
                .flatMap(each -> Stream.of("a\0b", "\0", "a%00b", "a\ud800b", "\udc00")
                        .map(text -> Arguments.of(each.getKey(), each.getValue(), text)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void no_text_of_a_token_holds_what_a_database_cannot_store(
            String value, UnaryOperator<String> storing, String text) {
        String stored;
        try {
            stored = storing.apply(text);
        } catch (TokenFailure.Invalid e) {
            return; // refused
        }
        assertThat(stored.codePoints()).as(value).noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    static Stream<Arguments> values() {
        return STORED.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void each_of_these_values_takes_a_plain_text(String value, UnaryOperator<String> storing) {
        assertThat(storing.apply("ab")).as(value).contains("ab");
    }
}
