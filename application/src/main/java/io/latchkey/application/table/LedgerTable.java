package io.latchkey.application.table;

import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ledger as a table. */
public final class LedgerTable {
    private static final String HASH = "hash";

    private static final List<Property> PROPERTIES = Stream.concat(
                    Stream.of(
                            new Property(
                                    "name", token -> Optional.of(token.name().value())),
                            new Property(
                                    "description",
                                    token -> Optional.of(token.description().text())
                                            .filter(text -> !text.isEmpty())),
                            new Property("expiry", token -> token.expiry().end().map(Instant::toString)),
                            new Property(
                                    "disabled_since",
                                    token -> token.disablement()
                                            .map(rest -> rest.since().toString())),
                            new Property(
                                    "disabled_reason",
                                    token -> token.disablement()
                                            .map(rest -> rest.reason().text())),
                            new Property(
                                    "generation",
                                    token -> Optional.of(
                                            Integer.toString(token.secrets().generation()))),
                            new Property(
                                    HASH,
                                    token -> Optional.of(token.digest().hex())
                                            .filter(_ -> !token.digest().isHidden()))),
                    AttributeColumn.ALL.stream()
                            .map(column -> new Property(column.name(), token -> text(column, token))))
            .toList();

    private static Optional<String> text(AttributeColumn column, Token token) {
        return switch (column.cell().apply(token.attributes())) {
            case Cell.Text(var text) -> Optional.of(text).filter(shown -> !shown.isEmpty());
            case Cell.Whole(var number) -> Optional.of(Long.toString(number));
            case Cell.Real(var number) -> Optional.of(Double.toString(number));
            case Cell.Nothing _ -> Optional.empty();
        };
    }

    /** A property of a token that a change can affect. */
    private record Property(String name, Function<Token, Optional<String>> of) {}

    private LedgerTable() {}

    /** The table for people: event, token and changes. */
    public static Table brief(List<LedgerRecord> lines) {
        return new Table(
                List.of("revision", "at", "kind", "token_id", "token", "actor", "actor_name", "changes"),
                lines.stream()
                        .map(line -> List.<Cell>of(
                                new Cell.Whole(line.revision()),
                                new Cell.Text(line.at().toString()),
                                new Cell.Text(line.kind()),
                                new Cell.Whole(line.token().id().value()),
                                new Cell.Text(line.token().name().value()),
                                new Cell.Text(line.by().kind()),
                                new Cell.Text(line.by().name().orElse("")),
                                new Cell.Text(changes(line))))
                        .toList());
    }

    /** The table for programs: all columns. */
    public static Table full(List<LedgerRecord> lines) {
        List<String> columns = new ArrayList<>(List.of(
                "revision",
                "at",
                "kind",
                "actor",
                "actor_token_id",
                "actor_token_name",
                "actor_hash",
                "actor_user",
                "token_id"));
        for (String when : new String[] {"before_", "after_"}) {
            PROPERTIES.forEach(property -> columns.add(when + property.name()));
        }
        return new Table(columns, lines.stream().map(LedgerTable::row).toList());
    }

    private static List<Cell> row(LedgerRecord line) {
        List<Cell> row = new ArrayList<>(List.of(
                new Cell.Whole(line.revision()),
                new Cell.Text(line.at().toString()),
                new Cell.Text(line.kind()),
                new Cell.Text(line.by().kind()),
                line.by()
                        .tokenId()
                        .map(TokenId::value)
                        .<Cell>map(Cell.Whole::new)
                        .orElse(Cell.Nothing.NULL),
                text(line.by().tokenName().map(TokenName::value)),
                text(line.by().digest().map(TokenDigest::hex)),
                text(line.by().user().map(LocalUser::name)),
                new Cell.Whole(line.token().id().value())));
        PROPERTIES.forEach(property -> row.add(text(line.before().flatMap(property.of()))));
        PROPERTIES.forEach(property -> row.add(text(line.after().flatMap(property.of()))));
        return row;
    }

    private static Cell text(Optional<String> text) {
        return text.<Cell>map(Cell.Text::new).orElse(Cell.Nothing.NULL);
    }

    /** The changes of an entry as text; empty for a creation or a deletion. */
    public static String changes(LedgerRecord line) {
        if (line.before().isEmpty() || line.after().isEmpty()) {
            return "";
        }
        StringJoiner changes = new StringJoiner(", ");
        for (Property property : PROPERTIES) {
            Optional<String> was = property.of().apply(line.before().get());
            Optional<String> is = property.of().apply(line.after().get());
            if (!Objects.equals(was, is)) {
                changes.add(property.name() + " " + brief(property, was) + " -> " + brief(property, is));
            }
        }
        return changes.toString();
    }

    private static String brief(Property property, Optional<String> value) {
        return value.map(text -> property.name().equals(HASH) ? text.substring(0, 9) : text)
                .orElse("none");
    }
}
