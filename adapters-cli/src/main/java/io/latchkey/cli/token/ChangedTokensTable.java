package io.latchkey.cli.token;

import io.latchkey.application.table.AttributeColumn;
import io.latchkey.application.table.Table;
import io.latchkey.application.table.Table.Cell;
import io.latchkey.application.table.TableFormat;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table of changed or deleted tokens, for people. Times are in UTC and end in Z. An attribute has a column only if one of
 * the tokens has it.
 */
final class ChangedTokensTable {
    private static final List<String> COLUMNS = List.of(
            "token_id",
            "name",
            "state",
            "hash",
            "description",
            "created_at",
            "created_by_token_id",
            "updated_at",
            "updated_by_token_id",
            "expiry");

    private ChangedTokensTable() {}

    /** The table, with a line feed at its end; nothing if there is no token. */
    static String of(List<Token> tokens, Instant now) {
        if (tokens.isEmpty()) {
            return "";
        }
        List<AttributeColumn> attributes = AttributeColumn.ALL.stream()
                .filter(column -> tokens.stream().anyMatch(token -> column.says(token.attributes())))
                .toList();
        return TableFormat.PRETTY.write(new Table(
                        Stream.concat(COLUMNS.stream(), attributes.stream().map(AttributeColumn::name))
                                .toList(),
                        tokens.stream()
                                .map(token -> Stream.concat(
                                                row(token, now).stream(),
                                                attributes.stream()
                                                        .map(column ->
                                                                column.cell().apply(token.attributes())))
                                        .toList())
                                .toList()))
                + "\n";
    }

    private static List<Cell> row(Token token, Instant now) {
        return List.of(
                new Cell.Whole(token.id().value()),
                new Cell.Text(token.name().value()),
                new Cell.Text(TokenObject.state(token, now)),
                token.digest().isHidden()
                        ? Cell.Nothing.NULL
                        : new Cell.Text(token.digest().abbreviated()),
                new Cell.Text(token.description().text()),
                instant(Optional.of(token.createdAt())),
                id(token.createdBy()),
                instant(token.lastChange().map(Token.LastChange::at)),
                id(token.lastChange().flatMap(Token.LastChange::by)),
                instant(token.expiry().end()));
    }

    private static Cell instant(Optional<Instant> instant) {
        return instant.<Cell>map(at -> new Cell.Text(at.toString())).orElse(Cell.Nothing.NULL);
    }

    private static Cell id(Optional<TokenId> id) {
        return id.<Cell>map(number -> new Cell.Whole(number.value())).orElse(Cell.Nothing.NULL);
    }
}
