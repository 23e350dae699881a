package io.latchkey.persistence.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a table, each declared once: its name, and how its value comes from a row. */
final class Columns<R> {
    private final List<String> names = new ArrayList<>();
    private final List<Function<R, @Nullable Object>> values = new ArrayList<>();

    /** Declares the next column; returns its place in a result set, counted from 1. */
    int add(String name, Function<R, @Nullable Object> value) {
        names.add(name);
        values.add(value);
        return names.size();
    }

    int count() {
        return names.size();
    }

    /** The name of the column at a place. */
    String name(int place) {
        return names.get(place - 1);
    }

    /** The place of the column with a name. */
    OptionalInt place(String name) {
        int index = names.indexOf(name);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }

    /** The names with commas between them. */
    String list() {
        return String.join(", ", names);
    }

    /** The same with a marker for each value, for an {@code UPDATE}. */
    String assignments() {
        return String.join(" = ?, ", names) + " = ?";
    }

    /** A marker for each value, with commas between them. */
    String markers() {
        return String.join(", ", Collections.nCopies(count(), "?"));
    }

    @Nullable
    Object value(R row, int place) {
        return values.get(place - 1).apply(row);
    }

    /** The values of a row, in the order of the columns. */
    @Nullable
    Object[] values(R row) {
        @Nullable Object[] all = new @Nullable Object[count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i).apply(row);
        }
        return all;
    }
}
