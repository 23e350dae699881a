package io.latchkey.application.table;

import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A column with one of the attributes of tokens. Several values are separated by spaces, which permissions and networks
 * cannot contain; labels and routes by a comma and a space.
 *
 * @param name as in the HTTP API
 */
public record AttributeColumn(String name, Function<Attributes, Cell> cell) {
    /** A column for each attribute. */
    public static final List<AttributeColumn> ALL = List.of(
            new AttributeColumn(
                    "permissions",
                    attributes ->
                            new Cell.Text(String.join(" ", attributes.rights().texts()))),
            new AttributeColumn(
                    "from",
                    attributes -> text(String.join(" ", attributes.from().texts()))),
            new AttributeColumn(
                    "not_before",
                    attributes -> text(
                            attributes.notBefore().at().map(Instant::toString).orElse(""))),
            new AttributeColumn("owner", attributes -> text(attributes.owner().text())),
            new AttributeColumn(
                    "labels",
                    attributes -> text(String.join(", ", attributes.labels().texts()))),
            new AttributeColumn(
                    "routes",
                    attributes -> text(String.join(", ", attributes.routes().texts()))));

    /** Whether the attribute is another than an admin token has without any. */
    public boolean says(Attributes attributes) {
        return !cell.apply(attributes).equals(cell.apply(Attributes.ADMIN));
    }

    private static Cell text(String text) {
        return text.isEmpty() ? Cell.Nothing.NULL : new Cell.Text(text);
    }
}
