package io.latchkey.http.console;

import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenSearch;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenState;
import io.latchkey.http.wire.PercentEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the list of tokens shows, as it is in the URL of the page. Names and values are those of the form; everything may be
 * missing.
 *
 * @param fields without those that have their default values
 */
record TokenListQuery(Map<String, String> fields) {
    /** Tokens in a page. */
    static final int PAGE = 40;

    private static final String TEXT = "q";
    private static final String STATE = "state";
    private static final String KIND = "kind";
    private static final String EXPIRING = "expiring";
    private static final String UNUSED = "unused";
    private static final String SORT = "sort";
    private static final String DESCENDING = "-";
    private static final String FROM = "from";

    private static final List<String> NAMES = List.of(TEXT, STATE, KIND, EXPIRING, UNUSED, SORT, FROM);
    private static final String DEFAULT_SORT = "name";
    private static final int MOST_DIGITS = 7;

    TokenListQuery {
        fields = new TreeMap<>(fields);
    }

    static TokenListQuery of(FormFields query) {
        return new TokenListQuery(
                NAMES.stream().filter(query::has).collect(Collectors.toMap(name -> name, query::text)));
    }

    /** @throws TokenFailure.Invalid if a value is none that the page offers */
    TokenSearch search() {
        return new TokenSearch(
                TokenSearch.words(text()),
                new TokenFilter(
                        given(UNUSED).map(HumanDuration::parse),
                        given(EXPIRING).map(HumanDuration::parse),
                        given(STATE).map(word -> constant(TokenState.class, STATE, word))),
                given(KIND).map(word -> constant(TokenKind.class, KIND, word)),
                constant(TokenSearch.Column.class, SORT, sortedBy()),
                isDescending() ? TokenSearch.Direction.DESCENDING : TokenSearch.Direction.ASCENDING,
                from(),
                PAGE,
                Spark.DAYS);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new TokenFailure.Invalid(field, "there is no such " + field));
    }

    String text() {
        return given(TEXT).orElse("");
    }

    /** Whether a choice of the form is the current one. */
    boolean is(String name, String value) {
        return given(name).orElse("").equals(value);
    }

    /** Whether tokens are left out. */
    boolean isSelective() {
        return fields.keySet().stream().anyMatch(name -> !name.equals(SORT) && !name.equals(FROM));
    }

    /** The value that the form must send along to keep the order. */
    String sort() {
        return given(SORT).orElse("");
    }

    /** How many tokens come before the first of the page. */
    int from() {
        return given(FROM)
                .map(digits -> {
                    if (!digits.matches("[0-9]{1," + MOST_DIGITS + "}")) {
                        throw new TokenFailure.Invalid(FROM, "expected a number from 0");
                    }
                    return Integer.parseInt(digits);
                })
                .orElse(0);
    }

    private String sortedBy() {
        String sort = given(SORT).orElse(DEFAULT_SORT);
        return sort.startsWith(DESCENDING) ? sort.substring(1) : sort;
    }

    private boolean isDescending() {
        return given(SORT).orElse("").startsWith(DESCENDING);
    }

    /** The value of {@code aria-sort} for a column. */
    String direction(String column) {
        if (!column.equals(sortedBy())) {
            return "none";
        }
        return isDescending() ? "descending" : "ascending";
    }

    /** The URL of the list sorted by a column, or the other way round if it is sorted by it. */
    String sortedBy(String column) {
        boolean reverse = column.equals(sortedBy()) && !isDescending();
        return with(SORT, reverse ? DESCENDING + column : column.equals(DEFAULT_SORT) ? "" : column, FROM);
    }

    /** The URL of another part of the list. */
    String startingAt(int first) {
        return with(FROM, first <= 0 ? "" : Integer.toString(first), "");
    }

    private String with(String name, String value, String without) {
        Map<String, String> changed = new TreeMap<>(fields);
        changed.remove(without);
        changed.put(name, value);
        return "?"
                + changed.entrySet().stream()
                        .filter(each -> !each.getValue().isEmpty())
                        .map(each -> each.getKey() + "=" + PercentEncoding.encode(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
