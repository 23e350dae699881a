package io.latchkey.http.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.notification.Notification;
import io.latchkey.domain.Token;
import io.latchkey.http.json.Json;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.TokenJson;
import java.io.IOException;
import java.time.Instant;

/** What whoever is told of tokens reads: nothing that opens anything, nor the digest of it. */
final class WebhookJson {
    private WebhookJson() {}

    static byte[] write(Notification notice) {
        Token token = notice.token();
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", notice.type());
            json.writeStringField("timestamp", notice.at().toString());
            json.writeObjectFieldStart("data");
            json.writeNumberField("id", token.id().value());
            json.writeStringField("name", token.name().value());
            json.writeStringField("kind", TokenJson.kind(token));
            json.writeStringField(
                    "expiry", token.expiry().end().map(Instant::toString).orElse(null));
            json.writeNumberField("generation", notice.generation());
            if (notice.change().isPresent()) {
                write(json, notice.change().get());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, LedgerRecord change) throws IOException {
        json.writeNumberField("revision", change.revision());
        json.writeStringField("event", change.kind());
        json.writeObjectFieldStart("actor");
        LedgerJson.write(json, change.by());
        json.writeEndObject();
    }
}
