package io.latchkey.persistence.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a table, each declared once with its name and the function that takes its value from a row object. */
final class Columns<R> {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Function<R, @Nullable Object>> values = new ArrayList<>();

    /** Declares the next column and returns its number in a result set, counted from 1. */
    int add(String name, Function<R, @Nullable Object> value) {
        names.add(name);
        values.add(value);
        places.put(name, names.size());
        return names.size();
    }

    int count() {
        return names.size();
    }

    /** The name of a column, by its number. */
    String name(int place) {
        return names.get(place - 1);
    }

    /** The number of a column, by its name; null if there is no such column. */
    @Nullable
    Integer place(String name) {
        return places.get(name);
    }

    /** The names, separated by commas, for a {@code SELECT} or {@code INSERT}. */
    String list() {
        return String.join(", ", names);
    }

    /** The assignments of an {@code UPDATE}: {@code name = ?} for each column. */
    String assignments() {
        return String.join(" = ?, ", names) + " = ?";
    }

    /** One {@code ?} for each column, separated by commas. */
    String markers() {
        return Sql.markers(count());
    }

    /** The value of one column of a row. */
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
