package io.latchkey.http.wire;

import io.latchkey.application.node.Node;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** JSON of the nodes, written by the server and read by the client. */
public final class NodesJson {
    private NodesJson() {}

    /** Writes the nodes. */
    public static byte[] write(List<Node> nodes) {
        return JsonWriter.object(json -> json.withObjects("nodes", nodes, NodesJson::write));
    }

    private static void write(JsonWriter json, Node node) {
        json.with("id", node.id().toString())
                .with("name", node.name())
                .with("version", node.version())
                .with("state", node.state().name().toLowerCase(Locale.ROOT))
                .with("applied", node.applied())
                .with("lag", node.lag())
                .with("started_at", node.started().toString())
                .with("seen_at", node.seen().toString());
    }

    /** Reads the nodes. */
    public static List<Node> read(byte[] utf8) {
        return JsonFields.of(Json.parse(utf8)).elements("nodes").stream()
                .map(node -> read(JsonFields.of(node)))
                .toList();
    }

    private static Node read(JsonFields json) {
        try {
            return new Node(
                    UUID.fromString(json.text("id")),
                    json.text("name"),
                    json.text("version"),
                    json.optionalInstant("started_at").orElseThrow(() -> JsonFields.missing("started_at")),
                    json.optionalInstant("seen_at").orElseThrow(() -> JsonFields.missing("seen_at")),
                    json.optionalWhole("applied").orElseThrow(() -> JsonFields.missing("applied")),
                    json.optionalWhole("lag").orElseThrow(() -> JsonFields.missing("lag")),
                    Node.State.valueOf(json.text("state").toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw JsonFields.missing("state");
        }
    }
}
