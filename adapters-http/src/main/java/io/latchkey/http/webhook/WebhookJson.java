package io.latchkey.http.webhook;

import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.notification.Notification;
import io.latchkey.domain.Token;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.TokenJson;

/** What whoever is told of tokens reads: nothing that opens anything, nor the digest of it. */
final class WebhookJson {
    private WebhookJson() {}

    static byte[] write(Notification notice) {
        Token token = notice.token();
        return JsonWriter.object(json -> json.with("type", notice.type())
                .with("timestamp", notice.at().toString())
                .withObject("data", data -> {
                    data.with("id", token.id().value())
                            .with("name", token.name().value())
                            .with("kind", TokenJson.kind(token))
                            .withInstant("expiry", token.expiry().end())
                            .with("generation", notice.generation());
                    notice.change().ifPresent(change -> write(data, change));
                }));
    }

    private static void write(JsonWriter json, LedgerRecord change) {
        json.with("revision", change.revision())
                .with("event", change.kind())
                .withObject("actor", actor -> LedgerJson.write(actor, change.by()));
    }
}
