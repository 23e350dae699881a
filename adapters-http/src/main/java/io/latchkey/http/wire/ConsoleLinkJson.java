package io.latchkey.http.wire;

import io.latchkey.application.ConsoleLink;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.net.URI;
import java.time.Instant;

/** JSON of a link to the console; its URL is relative to the server, unless the console has an address of its own. */
public final class ConsoleLinkJson {
    private ConsoleLinkJson() {}

    /** Writes the link. */
    public static byte[] write(String url, Instant expiresAt) {
        return JsonWriter.object(json -> json.with("url", url).with("expires_at", expiresAt.toString()));
    }

    /**
     * Reads a link.
     *
     * @param server the URL of the server that wrote it
     * @throws JsonException if it is none
     */
    public static ConsoleLink read(byte[] utf8, URI server) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        try {
            return new ConsoleLink(
                    server.resolve(json.text("url")),
                    json.optionalInstant("expires_at").orElseThrow(() -> JsonFields.missing("expires_at")));
        } catch (IllegalArgumentException e) {
            throw new JsonException("url", "field `url`: not a URL");
        }
    }
}
