package io.latchkey.http.webhook;

import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.notification.Notification;
import io.latchkey.domain.Token;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.TokenJson;

/** JSON of notifications, the bodies of webhook requests; contains neither secrets nor their digests. */
final class WebhookJson {
    private WebhookJson() {}

    /** Writes a notification. */
    static byte[] write(Notification notification) {
        Token token = notification.token();
        return JsonWriter.object(json -> json.with("type", notification.type())
                .with("timestamp", notification.at().toString())
                .withObject("data", data -> {
                    data.with("id", token.id().value())
                            .with("name", token.name().value())
                            .with("kind", TokenJson.kind(token))
                            .withInstant("expiry", token.expiry().end())
                            .with("generation", notification.generation());
                    notification.change().ifPresent(change -> write(data, change));
                }));
    }

    private static void write(JsonWriter json, LedgerRecord change) {
        json.with("revision", change.revision())
                .with("event", change.kind())
                .withObject("actor", actor -> LedgerJson.write(actor, change.by()));
    }
}
