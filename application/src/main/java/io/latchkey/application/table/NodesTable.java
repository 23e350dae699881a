package io.latchkey.application.table;

import io.latchkey.application.node.Node;
import io.latchkey.application.table.Table.Cell;
import java.util.List;
import java.util.Locale;

/** The nodes as a table. */
public final class NodesTable {
    private NodesTable() {}

    /** The table, with all columns. */
    public static Table of(List<Node> nodes) {
        return new Table(
                List.of("id", "name", "version", "state", "applied", "lag", "started_at", "seen_at"),
                nodes.stream()
                        .map(node -> List.<Cell>of(
                                new Cell.Text(node.id().toString()),
                                new Cell.Text(node.name()),
                                new Cell.Text(node.version()),
                                new Cell.Text(state(node)),
                                new Cell.Whole(node.applied()),
                                new Cell.Whole(node.lag()),
                                new Cell.Text(node.started().toString()),
                                new Cell.Text(node.seen().toString())))
                        .toList());
    }

    /** The name of the state of a node. */
    public static String state(Node node) {
        return node.state().name().toLowerCase(Locale.ROOT);
    }
}
