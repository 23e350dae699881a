package io.latchkey.persistence.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a store with all its columns, as every database engine has it. A table of one engine only, such as the head of
 * PostgreSQL's ledger, is none.
 */
record CopiedTable(String name, List<Column> columns) {
    /**
     * All tables, those that others refer to first. The first column of each is the first of its primary key.
     */
    static final List<CopiedTable> ALL = List.of(
            table("instance").numbers("one").texts("id"),
            table("token")
                    .numbers("id", "version", "expires_at", "created_at", "created_by", "changed_at", "changed_by")
                    .numbers("generation", "disabled_at", "rotated_at", "not_before")
                    .texts("name", "description", "disabled_reason", "rotation_key", "permissions", "origins")
                    .texts("owner", "labels", "routes")
                    .bytes("digest"),
            table("former_secret")
                    .numbers("token_id", "place", "generation", "valid_until", "alarmed_at")
                    .bytes("digest"),
            table("ledger")
                    .numbers("revision", "at", "actor_id", "token_id")
                    .texts("kind", "actor", "actor_name", "before", "after")
                    .bytes("actor_digest", "previous", "hash"),
            table("token_use")
                    .numbers("token_id", "generation", "last_used_at", "count")
                    .texts("peer"),
            table("use_history")
                    .numbers("hours", "number", "token_id", "accepted", "expired", "disabled", "retired", "not_yet")
                    .numbers("origin", "route"),
            table("notice").numbers("one", "revision", "since", "alarms"),
            table("owed_notice").numbers("revision"),
            table("end_notice").numbers("token_id", "expires_at").texts("kind"));

    /** What a column holds. */
    enum Type {
        NUMBER(Types.BIGINT),
        TEXT(Types.VARCHAR),
        BYTES(Types.BINARY);

        private final int sql;

        Type(int sql) {
            this.sql = sql;
        }
    }

    /** A column of a table. */
    record Column(String name, Type type) {
        /** The value in the current row. */
        private @Nullable Object value(ResultSet row, int place) throws SQLException {
            return switch (type) {
                case NUMBER -> TokenRow.integer(row, place);
                case TEXT -> row.getString(place);
                case BYTES -> row.getBytes(place);
            };
        }
    }

    private static CopiedTable table(String name) {
        return new CopiedTable(name, List.of());
    }

    private CopiedTable numbers(String... names) {
        return with(Type.NUMBER, names);
    }

    private CopiedTable texts(String... names) {
        return with(Type.TEXT, names);
    }

    private CopiedTable bytes(String... names) {
        return with(Type.BYTES, names);
    }

    private CopiedTable with(Type type, String... names) {
        Stream<Column> more = Stream.of(names).map(added -> new Column(added, type));
        return new CopiedTable(name, Stream.concat(columns.stream(), more).toList());
    }

    private String list() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** Reads all rows in the order of their first column. */
    String select() {
        return "SELECT " + list() + " FROM " + name + " ORDER BY 1";
    }

    /** Inserts a row, with the values that {@link #set} sets. */
    String insert() {
        return "INSERT INTO " + name + " (" + list() + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    /** The values of the current row, in the order of the columns. */
    @Nullable
    Object[] values(ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row, i + 1);
        }
        return values;
    }

    /** Sets the parameters of {@link #insert}. */
    void set(PreparedStatement insert, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                insert.setNull(i + 1, columns.get(i).type().sql);
            } else {
                insert.setObject(i + 1, values[i]);
            }
        }
    }
}
