package io.latchkey.http.wire;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The body of a batch verification.
 *
 * @param tokens at most {@value #MOST}
 * @param permissions what each token must be allowed to do; at most {@value #MOST_PERMISSIONS}
 * @param address from which the tokens were presented; empty if nobody says
 */
public record VerifyTokens(
        List<TokenSecret> tokens, List<RequiredPermission> permissions, Optional<InetAddress> address) {
    private static final int MOST = 1000;
    private static final int MOST_PERMISSIONS = 16;

    /** Reads a body. */
    public static VerifyTokens read(byte[] sent) {
        JsonFields json = JsonFields.of(Json.parse(sent), List.of("tokens", "permissions", "address"));
        if (!json.has("tokens")) {
            throw new JsonException("tokens", "field `tokens`: expected an array of strings");
        }
        List<String> permissions = json.has("permissions") ? texts(json, "permissions", MOST_PERMISSIONS) : List.of();
        return new VerifyTokens(
                texts(json, "tokens", MOST).stream().map(TokenSecret::presented).toList(),
                permissions.stream().map(VerifyTokens::permission).toList(),
                json.optionalText("address")
                        .map(text -> ClientAddress.parse(text)
                                .orElseThrow(() -> new JsonException(
                                        "address", "field `address`: expected an IPv4 or IPv6 address"))));
    }

    private static List<String> texts(JsonFields json, String field, int most) {
        List<Json> elements = json.value(field)
                .filter(Json.Array.class::isInstance)
                .map(Json.Array.class::cast)
                .orElseThrow(() -> new JsonException(field, "field `" + field + "`: expected an array of strings"))
                .inOrder();
        if (elements.size() > most) {
            throw new JsonException(field, "field `" + field + "`: expected at most " + most + " strings");
        }
        return elements.stream()
                .map(element -> {
                    if (element instanceof Json.Text(var text)) {
                        return text;
                    }
                    throw new JsonException(field, "field `" + field + "`: expected only strings");
                })
                .toList();
    }

    private static RequiredPermission permission(String text) {
        try {
            return RequiredPermission.parse(text);
        } catch (TokenFailure.Invalid e) {
            throw new JsonException("permissions", "field `permissions`: " + e.sentence());
        }
    }
}
