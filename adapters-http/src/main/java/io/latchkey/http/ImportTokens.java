package io.latchkey.http;

import io.latchkey.application.Run;
import io.latchkey.application.Takeover;
import io.latchkey.domain.Token;
import java.time.Instant;
import java.util.List;

/** The body that brings tokens of another instance, as {@link TokenJson} writes them, and the answer to it. */
record ImportTokens(List<Token> tokens, Run run) {
    private static final String IMPORTED = "imported";
    private static final String LIVE_AGAIN = "live_again";

    static ImportTokens read(byte[] utf8, Instant now) {
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
            throw new BadJson("state", "field `state`: a token that is disabled needs `disabled_at`");
        }
        return TokenJson.readBrought(token, now);
    }

    byte[] write() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(TokenList.TOKENS);
            for (Token token : tokens) {
                TokenJson.writeBrought(json, token);
            }
            json.writeEndArray();
            json.writeBooleanField(TokenList.DRY_RUN, run == Run.DRY);
            json.writeEndObject();
        });
    }

    static byte[] takeover(Takeover takeover, Instant now) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField(IMPORTED, takeover.adopted());
            TokenJson.write(json, LIVE_AGAIN, takeover.revived(), now);
            json.writeEndObject();
        });
    }

    /** What {@link #takeover(Takeover, Instant)} wrote. */
    static Takeover readTakeover(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new Takeover(
                json.whole(IMPORTED),
                json.elements(LIVE_AGAIN).stream().map(TokenJson::readToken).toList());
    }
}
