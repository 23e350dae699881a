package io.latchkey.http.wire;

import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.domain.Token;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.time.Instant;
import java.util.List;

/** The body that brings tokens of another instance, as {@link TokenJson} writes them, and the answer to it. */
public record ImportTokens(List<Token> tokens, DryRun run) {
    private static final String IMPORTED = "imported";
    private static final String LIVE_AGAIN = "live_again";

    public static ImportTokens read(byte[] utf8, Instant now) {
        JsonFields json = JsonFields.of(Json.parse(utf8), List.of(TokenList.TOKENS, TokenList.DRY_RUN));
        return new ImportTokens(
                TokenList.read(json, TokenJson.FIELDS, token -> readToken(token, now)), TokenList.readRun(json));
    }

    private static Token readToken(JsonFields token, Instant now) {
        if (token.has("former_secrets")) {
            token.elements("former_secrets").forEach(former -> JsonFields.of(former, TokenJson.FORMER_FIELDS));
        }
        if (token.optionalText("state").filter("disabled"::equals).isPresent()
                && token.optionalInstant("disabled_at").isEmpty()) {
            throw new JsonException("state", "field `state`: a disabled token requires `disabled_at`");
        }
        return TokenJson.readBrought(token, now);
    }

    public byte[] write() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(TokenList.TOKENS);
            for (Token token : tokens) {
                TokenJson.writeBrought(json, token);
            }
            json.writeEndArray();
            json.writeBooleanField(TokenList.DRY_RUN, run == DryRun.YES);
            json.writeEndObject();
        });
    }

    public static byte[] takeover(ImportResult takeover, Instant now) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField(IMPORTED, takeover.imported());
            TokenJson.write(json, LIVE_AGAIN, takeover.reactivated(), now);
            json.writeEndObject();
        });
    }

    /** What {@link #takeover(Takeover, Instant)} wrote. */
    public static ImportResult readTakeover(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new ImportResult(
                json.whole(IMPORTED),
                json.elements(LIVE_AGAIN).stream().map(TokenJson::readToken).toList());
    }
}
