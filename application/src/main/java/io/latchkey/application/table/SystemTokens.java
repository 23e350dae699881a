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
 * @param columns those that may be seen, in their order
 * @param tokens in the order of their ids; may be read from a store as they are looked at, and anew each time
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
            new Column("permissions", Kind.TEXT, _ -> new Cell.Text("*:*:*")));

    private static final List<Column> WITHOUT_HASH =
            COLUMNS.stream().filter(column -> !column.name().equals("hash")).toList();

    /** All that is known of some tokens. */
    public static SystemTokens of(Iterable<Token> tokens) {
        return new SystemTokens(COLUMNS, tokens);
    }

    /** What anybody may know of some tokens. */
    public static SystemTokens withoutHash(Iterable<Token> tokens) {
        return new SystemTokens(WITHOUT_HASH, tokens);
    }

    /** All columns of all rows, each made when it is looked at. */
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

    /** A property of tokens, and how a query sees it. */
    public record Column(String name, Kind kind, Function<Token, Cell> value) {}

    /** How the values of a column compare. */
    public enum Kind {
        WHOLE,
        TEXT,
        /** As moments, however they are written. */
        MOMENT
    }

    /** A moment without a zone, with milliseconds only where there are some: in this form, texts sort as moments do. */
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
