package io.latchkey.http.wire;

import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.domain.Token;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/** The body of {@code POST /api/v1/import}: tokens of another instance; and its response. */
public record ImportTokens(List<Token> tokens, DryRun run) {
    private static final String IMPORTED = "imported";
    private static final String LIVE_AGAIN = "live_again";

    /**
     * Reads the body.
     *
     * @param now the creation time of tokens that have none
     */
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
        return TokenJson.readImported(token, now);
    }

    /** Writes the body. */
    public byte[] write() {
        return JsonWriter.object(json -> json.withObjects(TokenList.TOKENS, tokens, TokenJson::writeImported)
                .with(TokenList.DRY_RUN, run == DryRun.YES));
    }

    /** Writes the response. */
    public static byte[] result(ImportResult result, Instant now) {
        return JsonWriter.object(json -> json.with(IMPORTED, result.imported())
                .withObjects(LIVE_AGAIN, result.reactivated(), (object, token) -> TokenJson.write(object, token, now)));
    }

    /** Reads the response of {@link #result(ImportResult, Instant)}. */
    public static ImportResult readResult(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new ImportResult(
                json.whole(IMPORTED),
                json.elements(LIVE_AGAIN).stream().map(TokenJson::readToken).toList());
    }
}
