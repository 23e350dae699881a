package io.latchkey.http.wire;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.ListedToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.RotatedToken;
import io.latchkey.application.TokenUse;
import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Reason;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * JSON of tokens, written by the server and read by the client.
 *
 * <p>Times are written by {@link Instant#toString()}, which has three fraction digits or none, as contract 1.5
 * requires.
 */
public final class TokenJson {
    /**
     * Fields of an imported token: those of a list of tokens and those of InfluxDB's table. Some are ignored, because
     * they follow from others, or have a meaning only in the instance that the token comes from.
     */
    static final List<String> FIELDS = List.of(
            "id",
            "version",
            "name",
            "kind",
            "state",
            "hash",
            "description",
            "created_at",
            "created_by_token_id",
            "updated_at",
            "updated_by_token_id",
            "expiry",
            "generation",
            "previous_secret_until",
            "former_secrets",
            "disabled_at",
            "disabled_reason",
            "last_used_at",
            "last_used_from",
            "use_count",
            "last_used_generation",
            "last_used_accuracy_seconds",
            "generations",
            "rotation_key",
            "rotated_at",
            "token_id",
            "permissions",
            "from",
            "not_before",
            "owner",
            "labels",
            "routes");

    /** Fields of a former secret. */
    static final List<String> FORMER_FIELDS = List.of("generation", "hash", "valid_until");

    private TokenJson() {}

    /** Writes a new token with its secret (contract 1.5). */
    public static byte[] issued(IssuedToken token) {
        return JsonWriter.object(json -> json.with("id", token.id().value())
                .with("name", token.name().value())
                .with("token", token.secret().reveal())
                .with("hash", token.digest().hex())
                .with("created_at", token.createdAt().toString())
                .withInstant("expiry", token.expiry().end()));
    }

    /** Writes a rotated token with its new secret. */
    public static byte[] rotated(RotatedToken rotated, Instant now) {
        return JsonWriter.object(json -> {
            writeIdentity(json, rotated.token());
            json.with("token", rotated.secret().reveal());
            writeProperties(json, rotated.token(), now);
        });
    }

    /** Writes a token. */
    public static byte[] token(Token token, Instant now) {
        return JsonWriter.object(json -> write(json, token, now));
    }

    /** Writes a token and its uses. */
    public static byte[] token(Token token, List<TokenUse> uses, Instant now) {
        return JsonWriter.object(json -> write(json, new ListedToken(token, uses), now));
    }

    /** Writes the result of a purge. */
    public static byte[] purged(PurgedTokens purged, Instant now) {
        return JsonWriter.object(json -> json.withObjects(
                        TokenList.TOKENS, purged.tokens(), (object, token) -> write(object, token, now))
                .with("more", purged.more()));
    }

    /** Writes what a verdict says about a live token, into an open object. */
    public static void writeVerdict(JsonWriter json, Token token) {
        json.with("id", token.id().value())
                .with("name", token.name().value())
                .with("kind", kind(token))
                .withInstant("expires", token.expiry().end());
    }

    /** The kind of a token: {@code operator}, {@code named} for an admin token, or {@code resource}. */
    public static String kind(Token token) {
        return word(token.kind());
    }

    /** The word for a kind of tokens. */
    static String word(TokenKind kind) {
        return switch (kind) {
            case OPERATOR -> "operator";
            case ADMIN -> "named";
            case RESOURCE -> "resource";
        };
    }

    /** Writes a token for import elsewhere, without the fields that depend on the current time. */
    static void writeImported(JsonWriter json, Token token) {
        writeIdentity(json, token);
        writeLife(json, token);
        writePast(json, token);
        token.secrets()
                .lastKeyed()
                .ifPresent(last -> json.with("rotation_key", last.key())
                        .with("rotated_at", last.at().toString()));
    }

    /** Writes the fields of a token into an open object. */
    static void write(JsonWriter json, Token token, Instant now) {
        writeIdentity(json, token);
        writeProperties(json, token, now);
    }

    /** Writes the fields of a token and its uses into an open object. */
    static void write(JsonWriter json, ListedToken listed, Instant now) {
        write(json, listed.token(), now);
        TokenUseJson.write(json, listed.uses());
        listed.days().ifPresent(days -> UseHistoryJson.write(json, UseHistoryJson.DAYS, days));
    }

    private static void writeIdentity(JsonWriter json, Token token) {
        json.with("id", token.id().value())
                .with("version", token.version().number())
                .with("name", token.name().value());
    }

    private static void writeProperties(JsonWriter json, Token token, Instant now) {
        json.with("kind", kind(token)).with("state", token.stateAt(now).name().toLowerCase(Locale.ROOT));
        writeLife(json, token);
        json.withInstant("previous_secret_until", token.previousSecretUntil(now));
        writePast(json, token);
    }

    private static void writeLife(JsonWriter json, Token token) {
        withHash(json, token.digest());
        json.with("description", token.description().text())
                .with("created_at", token.createdAt().toString())
                .withNumber("created_by_token_id", token.createdBy().map(TokenId::value))
                .withInstant("updated_at", token.lastChange().map(Token.LastChange::at))
                .withNumber(
                        "updated_by_token_id",
                        token.lastChange().flatMap(Token.LastChange::by).map(TokenId::value))
                .withInstant("expiry", token.expiry().end())
                .with("generation", token.secrets().generation());
        AttributesJson.write(json, token.attributes());
    }

    private static void withHash(JsonWriter json, TokenDigest digest) {
        if (!digest.isHidden()) {
            json.with("hash", digest.hex());
        }
    }

    private static void writePast(JsonWriter json, Token token) {
        json.withObjects("former_secrets", token.secrets().former(), TokenJson::write)
                .withInstant("disabled_at", token.disablement().map(Disablement::since))
                .withText(
                        "disabled_reason",
                        token.disablement()
                                .map(disablement -> disablement.reason().text()));
    }

    /** Without the time of the last reuse, which is in the ledger and does not change the entity tag. */
    private static void write(JsonWriter json, FormerSecret former) {
        json.with("generation", former.generation());
        withHash(json, former.digest());
        json.withInstant("valid_until", former.until());
    }

    /** Reads the JSON of {@link #issued(IssuedToken)}, or that of InfluxDB 3. */
    public static IssuedToken readIssued(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new IssuedToken(
                readId(json, "id").orElseThrow(() -> JsonFields.missing("id")),
                new TokenName(json.text("name")),
                TokenSecret.presented(json.text("token")),
                TokenDigest.parse(json.text("hash")),
                json.optionalInstant("created_at").orElseThrow(() -> JsonFields.missing("created_at")),
                readExpiry(json));
    }

    /** Reads the JSON of {@link #rotated(RotatedToken, Instant)}. */
    public static RotatedToken readRotated(byte[] utf8) {
        Json value = Json.parse(utf8);
        return new RotatedToken(
                readToken(value), TokenSecret.presented(JsonFields.of(value).text("token")));
    }

    /** Reads the JSON of {@link #token(Token, Instant)}. */
    public static Token readToken(byte[] utf8) {
        return readToken(Json.parse(utf8));
    }

    /** Reads the JSON of {@link #purged}; servers before that had {@code more} delete all tokens at once. */
    public static PurgedTokens readPurged(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new PurgedTokens(
                json.elements(TokenList.TOKENS).stream()
                        .map(TokenJson::readToken)
                        .toList(),
                json.truth("more"));
    }

    /** Reads the JSON of {@link #write(JsonWriter, Token, Instant)}. */
    static Token readToken(Json value) {
        JsonFields json = JsonFields.of(value);
        for (String field : new String[] {"id", "version", "description", "created_at"}) {
            if (!json.has(field) || json.isNull(field)) {
                throw JsonFields.missing(field);
            }
        }
        return read(json, Instant.EPOCH);
    }

    /**
     * Reads an imported token, for which name and digest are sufficient.
     *
     * @param now the creation time, if the token has none
     */
    static Token readImported(JsonFields json, Instant now) {
        if (!json.has("hash")) {
            throw JsonFields.missing("hash");
        }
        return read(json, now);
    }

    private static Token read(JsonFields json, Instant now) {
        return new Token(
                new TokenVersion(readId(json, "id").orElse(TokenId.FIRST), readVersion(json)),
                new TokenName(json.text("name")),
                readSecrets(json),
                EditToken.readDescription(json).orElse(Description.NONE),
                readExpiry(json),
                json.optionalInstant("created_at").orElse(now),
                readId(json, "created_by_token_id"),
                json.optionalInstant("updated_at")
                        .map(at -> new Token.LastChange(at, readId(json, "updated_by_token_id"))),
                readDisablement(json, now),
                AttributesJson.readExisting(json));
    }

    /** InfluxDB has no versions: 2 if the token was ever changed. */
    private static long readVersion(JsonFields json) {
        return json.optionalWhole("version")
                .orElseGet(() -> json.optionalInstant("updated_at").isPresent() ? 2L : 1L);
    }

    /** A token with a date or a reason of disabling is disabled; otherwise its import would enable it. */
    private static Optional<Disablement> readDisablement(JsonFields json, Instant now) {
        Optional<Reason> reason = json.isNull("disabled_reason")
                ? Optional.empty()
                : json.optionalText("disabled_reason").map(Reason::new);
        return json.optionalInstant("disabled_at")
                .or(() -> reason.map(_ -> now))
                .map(since -> new Disablement(since, reason.orElse(Reason.NONE)));
    }

    /** Older servers write no former secrets. */
    private static SecretDigests readSecrets(JsonFields json) {
        List<FormerSecret> former = json.has("former_secrets")
                ? json.elements("former_secrets").stream()
                        .map(TokenJson::readFormer)
                        .toList()
                : List.of();
        int generation = json.has("generation") ? json.whole("generation") : 1;
        return new SecretDigests(
                readHash(json, generation),
                generation,
                former,
                json.optionalText("rotation_key")
                        .map(key -> new SecretDigests.KeyedRotation(
                                key,
                                json.optionalInstant("rotated_at")
                                        .orElseThrow(() -> JsonFields.missing("rotated_at")))));
    }

    private static FormerSecret readFormer(Json value) {
        JsonFields json = JsonFields.of(value);
        int generation = json.whole("generation");
        return new FormerSecret(
                generation, readHash(json, generation), json.optionalInstant("valid_until"), Optional.empty());
    }

    /** A server does not show hashes to resource tokens. */
    private static TokenDigest readHash(JsonFields json, int generation) {
        return json.has("hash") ? TokenDigest.parse(json.text("hash")) : TokenDigest.hidden(generation);
    }

    private static Expiry readExpiry(JsonFields json) {
        return json.optionalInstant("expiry").map(Expiry::at).orElse(Expiry.NEVER);
    }

    private static Optional<TokenId> readId(JsonFields json, String field) {
        return json.optionalWhole(field).map(TokenId::new);
    }
}
