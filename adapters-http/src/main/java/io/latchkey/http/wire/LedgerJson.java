package io.latchkey.http.wire;

import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON of the ledger, written by the server and read by the client. */
public final class LedgerJson {
    private LedgerJson() {}

    /** Writes a page of the ledger. */
    public static byte[] page(LedgerPage page) {
        return JsonWriter.object(json -> {
            json.withObjects("entries", page.lines(), LedgerJson::write);
            if (page.next().isPresent()) {
                json.with("next", page.next().getAsLong());
            } else {
                json.withNull("next");
            }
        });
    }

    /** Writes one entry, as in a page. */
    public static byte[] entry(LedgerRecord line) {
        return JsonWriter.object(json -> write(json, line));
    }

    private static void write(JsonWriter json, LedgerRecord line) {
        json.with("revision", line.revision())
                .with("at", line.at().toString())
                .with("kind", line.kind())
                .withObject("actor", actor -> {
                    write(actor, line.by());
                    actor.withTextIfPresent("hash", line.by().digest().map(TokenDigest::hex));
                });
        write(json, "before", line.before(), line.at());
        write(json, "after", line.after(), line.at());
    }

    /** Writes the fields of an actor, without the digest of its token, into an open object. */
    public static void write(JsonWriter json, LedgerRecord.ActorDescription by) {
        json.with("kind", by.kind())
                .withNumberIfPresent("token_id", by.tokenId().map(TokenId::value))
                .withTextIfPresent("token_name", by.tokenName().map(TokenName::value))
                .withTextIfPresent("user", by.user().map(LocalUser::name));
    }

    private static void write(JsonWriter json, String field, Optional<Token> token, Instant at) {
        if (token.isPresent()) {
            json.withObject(field, object -> TokenJson.write(object, token.get(), at));
        } else {
            json.withNull(field);
        }
    }

    /** Reads a page. */
    public static LedgerPage readPage(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new LedgerPage(
                json.elements("entries").stream()
                        .map(entry -> read(JsonFields.of(entry)))
                        .toList(),
                json.optionalWhole("next").map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static LedgerRecord read(JsonFields json) {
        JsonFields by = JsonFields.of(json.value("actor").orElseThrow(() -> JsonFields.missing("actor")));
        return new LedgerRecord(
                json.optionalWhole("revision").orElseThrow(() -> JsonFields.missing("revision")),
                json.optionalInstant("at").orElseThrow(() -> JsonFields.missing("at")),
                json.text("kind"),
                new LedgerRecord.ActorDescription(
                        by.text("kind"),
                        by.optionalWhole("token_id").map(TokenId::new),
                        by.optionalText("token_name").map(TokenName::new),
                        by.optionalText("hash").map(TokenDigest::parse),
                        by.optionalText("user").map(LocalUser::new)),
                readToken(json, "before"),
                readToken(json, "after"));
    }

    private static Optional<Token> readToken(JsonFields json, String field) {
        return json.value(field).filter(value -> value != Json.Null.NULL).map(TokenJson::readToken);
    }
}
