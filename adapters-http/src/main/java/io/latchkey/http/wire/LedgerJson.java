package io.latchkey.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON of the ledger, written by the server and read by the client. */
public final class LedgerJson {
    private LedgerJson() {}

    /** Writes a page of the ledger. */
    public static byte[] page(LedgerPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("entries");
            for (LedgerRecord line : page.lines()) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeFieldName("next");
            if (page.next().isPresent()) {
                json.writeNumber(page.next().getAsLong());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, LedgerRecord line) throws IOException {
        json.writeStartObject();
        json.writeNumberField("revision", line.revision());
        json.writeStringField("at", line.at().toString());
        json.writeStringField("kind", line.kind());
        json.writeObjectFieldStart("actor");
        write(json, line.by());
        if (line.by().digest().isPresent()) {
            json.writeStringField("hash", line.by().digest().get().hex());
        }
        json.writeEndObject();
        write(json, "before", line.before(), line.at());
        write(json, "after", line.after(), line.at());
        json.writeEndObject();
    }

    /** Writes the fields of an actor, without the digest of its token, into an open object. */
    public static void write(JsonGenerator json, LedgerRecord.ActorDescription by) throws IOException {
        json.writeStringField("kind", by.kind());
        if (by.tokenId().isPresent()) {
            json.writeNumberField("token_id", by.tokenId().get().value());
        }
        if (by.tokenName().isPresent()) {
            json.writeStringField("token_name", by.tokenName().get().value());
        }
        if (by.user().isPresent()) {
            json.writeStringField("user", by.user().get().name());
        }
    }

    private static void write(JsonGenerator json, String field, Optional<Token> token, Instant at) throws IOException {
        json.writeFieldName(field);
        if (token.isPresent()) {
            TokenJson.write(json, token.get(), at);
        } else {
            json.writeNull();
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
