package io.latchkey.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names of enum constants as the ledger and the APIs write them: in lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constants of an enum by their names. */
    static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        return Stream.of(type.getEnumConstants()).collect(toUnmodifiableMap(Words::of, Function.identity()));
    }
}
