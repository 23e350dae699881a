package io.latchkey.application.table;

import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table {@code system.tokens} (contract 1.10.3).
 *
 * @param columns the visible columns, in order
 * @param tokens in the order of their ids; may be read lazily from a store, again for each iteration
 */
public record SystemTokens(List<Column> columns, Iterable<Token> tokens) {
    /** All columns in their order. */
    public static final List<Column> COLUMNS = List.of(
            new Column("token_id", Kind.WHOLE, token -> whole(Optional.of(token.id()))),
            new Column("name", Kind.TEXT, token -> new Cell.Text(token.name().value())),
            new Column("hash", Kind.TEXT, token -> new Cell.Text(token.digest().abbreviated())),
            new Column("created_at", Kind.MOMENT, token -> moment(Optional.of(token.createdAt()))),
            new Column(
                    "description",
                    Kind.TEXT,
                    token -> token.description().isEmpty()
                            ? Cell.Nothing.NULL
                            : new Cell.Text(token.description().text())),
            new Column("created_by_token_id", Kind.WHOLE, token -> whole(token.createdBy())),
            new Column(
                    "updated_at",
                    Kind.MOMENT,
                    token -> moment(token.lastChange().map(Token.LastChange::at))),
            new Column(
                    "updated_by_token_id",
                    Kind.WHOLE,
                    token -> whole(token.lastChange().flatMap(Token.LastChange::by))),
            new Column("expiry", Kind.MOMENT, token -> moment(token.expiry().end())),
            new Column(
                    "permissions",
                    Kind.TEXT,
                    token -> new Cell.Text(String.join(",", token.rights().texts()))));

    private static final List<Column> WITHOUT_HASH =
            COLUMNS.stream().filter(column -> !column.name().equals("hash")).toList();

    /** The table with all columns. */
    public static SystemTokens of(Iterable<Token> tokens) {
        return new SystemTokens(COLUMNS, tokens);
    }

    /** The table without hashes, for anonymous callers. */
    public static SystemTokens withoutHash(Iterable<Token> tokens) {
        return new SystemTokens(WITHOUT_HASH, tokens);
    }

    /** All rows; each is created when it is read. */
    public Table toTable() {
        return new Table(columns.stream().map(Column::name).toList(), () -> new Rows(this, tokens.iterator()));
    }

    private record Rows(SystemTokens table, Iterator<Token> tokens) implements Iterator<List<Cell>> {
        @Override
        public boolean hasNext() {
            return tokens.hasNext();
        }

        @Override
        public List<Cell> next() {
            Token token = tokens.next();
            return table.columns.stream()
                    .map(column -> column.value().apply(token))
                    .toList();
        }
    }

    /** A column and the property it shows. */
    public record Column(String name, Kind kind, Function<Token, Cell> value) {}

    /** How the values of a column compare. */
    public enum Kind {
        WHOLE,
        TEXT,
        /** As timestamps, whatever their format. */
        MOMENT
    }

    /**
     * A timestamp in UTC without a zone, with milliseconds only if they are not zero. In this form, text order is time
     * order.
     */
    public static String written(Instant moment) {
        String text = moment.toString();
        return text.substring(0, text.length() - 1);
    }

    private static Cell moment(Optional<Instant> moment) {
        return moment.<Cell>map(at -> new Cell.Text(written(at))).orElse(Cell.Nothing.NULL);
    }

    private static Cell whole(Optional<TokenId> id) {
        return id.<Cell>map(some -> new Cell.Whole(some.value())).orElse(Cell.Nothing.NULL);
    }
}
