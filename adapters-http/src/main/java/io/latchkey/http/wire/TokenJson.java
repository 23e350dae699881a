package io.latchkey.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
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
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tokens on the wire, written by the server and read by the client.
 *
 * <p>An {@link Instant} to the millisecond prints as contract 1.5 wants it: three fraction digits, or none.
 */
public final class TokenJson {
    /**
     * What may be said of a token that somebody brings: what a list of tokens says, and InfluxDB's table. Not all of it is
     * read, since some follows from the rest, and some makes sense only where the token comes from.
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
            "permissions");

    /** Those of a former secret. */
    static final List<String> FORMER_FIELDS = List.of("generation", "hash", "valid_until");

    private static final Json.Text ADMIN = new Json.Text("*:*:*");

    private TokenJson() {}

    /** A token just issued, with its secret (contract 1.5). */
    public static byte[] issued(IssuedToken token) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("id", token.id().value());
            json.writeStringField("name", token.name().value());
            json.writeStringField("token", token.secret().reveal());
            json.writeStringField("hash", token.digest().hex());
            json.writeStringField("created_at", token.createdAt().toString());
            writeInstant(json, "expiry", token.expiry().end());
            json.writeEndObject();
        });
    }

    /** A token just rotated, with its new secret. */
    public static byte[] rotated(RotatedToken rotated, Instant now) {
        return Json.write(json -> {
            json.writeStartObject();
            writeIdentity(json, rotated.token());
            json.writeStringField("token", rotated.secret().reveal());
            writeProperties(json, rotated.token(), now);
            json.writeEndObject();
        });
    }

    /** What is known of a token. */
    public static byte[] token(Token token, Instant now) {
        return Json.write(json -> write(json, token, now));
    }

    /** What is known of a token and of its use. */
    public static byte[] token(Token token, List<TokenUse> uses, Instant now) {
        return Json.write(json -> write(json, token, uses, now));
    }

    /** Tokens that were ended, and whether there may be more. */
    public static byte[] purged(PurgedTokens purged, Instant now) {
        return Json.write(json -> {
            json.writeStartObject();
            write(json, TokenList.TOKENS, purged.tokens(), now);
            json.writeBooleanField("more", purged.more());
            json.writeEndObject();
        });
    }

    /** What somebody is told of a live token that it was shown: members of an object that was begun. */
    public static void writeVerdict(JsonGenerator json, Token token) throws IOException {
        json.writeNumberField("id", token.id().value());
        json.writeStringField("name", token.name().value());
        json.writeStringField("kind", kind(token));
        writeInstant(json, "expires", token.expiry().end());
    }

    /** Which of the two kinds of tokens one is. */
    public static String kind(Token token) {
        return token.isOperator() ? "operator" : "named";
    }

    /** Several tokens as a member of an object that was begun. */
    static void write(JsonGenerator json, String field, List<Token> tokens, Instant now) throws IOException {
        json.writeArrayFieldStart(field);
        for (Token token : tokens) {
            write(json, token, now);
        }
        json.writeEndArray();
    }

    /** A token for another authority, whatever the time there is. */
    static void writeBrought(JsonGenerator json, Token token) throws IOException {
        json.writeStartObject();
        writeIdentity(json, token);
        writeLife(json, token);
        writePast(json, token);
        if (token.secrets().lastKeyed().isPresent()) {
            SecretDigests.KeyedRotation last = token.secrets().lastKeyed().get();
            json.writeStringField("rotation_key", last.key());
            json.writeStringField("rotated_at", last.at().toString());
        }
        json.writeEndObject();
    }

    /** A token among other values. */
    static void write(JsonGenerator json, Token token, Instant now) throws IOException {
        json.writeStartObject();
        writeIdentity(json, token);
        writeProperties(json, token, now);
        json.writeEndObject();
    }

    /** A token and how it was used among other values. */
    static void write(JsonGenerator json, ListedToken listed, Instant now) throws IOException {
        write(json, listed.token(), listed.uses(), now);
    }

    private static void write(JsonGenerator json, Token token, List<TokenUse> uses, Instant now) throws IOException {
        json.writeStartObject();
        writeIdentity(json, token);
        writeProperties(json, token, now);
        TokenUseJson.write(json, uses);
        json.writeEndObject();
    }

    private static void writeIdentity(JsonGenerator json, Token token) throws IOException {
        json.writeNumberField("id", token.id().value());
        json.writeNumberField("version", token.version().number());
        json.writeStringField("name", token.name().value());
    }

    private static void writeProperties(JsonGenerator json, Token token, Instant now) throws IOException {
        json.writeStringField("kind", kind(token));
        json.writeStringField("state", token.stateAt(now).name().toLowerCase(Locale.ROOT));
        writeLife(json, token);
        writeInstant(json, "previous_secret_until", token.previousSecretUntil(now));
        writePast(json, token);
    }

    private static void writeLife(JsonGenerator json, Token token) throws IOException {
        json.writeStringField("hash", token.digest().hex());
        json.writeStringField("description", token.description().text());
        json.writeStringField("created_at", token.createdAt().toString());
        writeId(json, "created_by_token_id", token.createdBy());
        writeInstant(json, "updated_at", token.lastChange().map(Token.LastChange::at));
        writeId(json, "updated_by_token_id", token.lastChange().flatMap(Token.LastChange::by));
        writeInstant(json, "expiry", token.expiry().end());
        json.writeNumberField("generation", token.secrets().generation());
    }

    private static void writePast(JsonGenerator json, Token token) throws IOException {
        json.writeArrayFieldStart("former_secrets");
        for (FormerSecret former : token.secrets().former()) {
            write(json, former);
        }
        json.writeEndArray();
        writeInstant(json, "disabled_at", token.disablement().map(Disablement::since));
        json.writeStringField(
                "disabled_reason",
                token.disablement().map(rest -> rest.reason().text()).orElse(null));
    }

    /** Without its last alarm, of which the entity tag knows nothing: the ledger tells of each. */
    private static void write(JsonGenerator json, FormerSecret former) throws IOException {
        json.writeStartObject();
        json.writeNumberField("generation", former.generation());
        json.writeStringField("hash", former.digest().hex());
        writeInstant(json, "valid_until", former.until());
        json.writeEndObject();
    }

    private static void writeInstant(JsonGenerator json, String field, Optional<Instant> instant) throws IOException {
        json.writeStringField(field, instant.map(Instant::toString).orElse(null));
    }

    private static void writeId(JsonGenerator json, String field, Optional<TokenId> id) throws IOException {
        json.writeFieldName(field);
        if (id.isPresent()) {
            json.writeNumber(id.get().value());
        } else {
            json.writeNull();
        }
    }

    /** What {@link #issued(IssuedToken)} wrote, or an InfluxDB 3. */
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

    /** What {@link #rotated(RotatedToken, Instant)} wrote. */
    public static RotatedToken readRotated(byte[] utf8) {
        Json value = Json.parse(utf8);
        return new RotatedToken(
                readToken(value), TokenSecret.presented(JsonFields.of(value).text("token")));
    }

    /** What {@link #token(Token, Instant)} wrote. */
    public static Token readToken(byte[] utf8) {
        return readToken(Json.parse(utf8));
    }

    /** What {@link #purged} wrote; an older server ends all at once. */
    public static PurgedTokens readPurged(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        return new PurgedTokens(
                json.elements(TokenList.TOKENS).stream()
                        .map(TokenJson::readToken)
                        .toList(),
                json.truth("more"));
    }

    /** What {@link #write(JsonGenerator, Token, Instant)} wrote. */
    static Token readToken(Json value) {
        JsonFields json = JsonFields.of(value);
        for (String field : new String[] {"id", "version", "description", "created_at"}) {
            if (!json.has(field) || json.isNull(field)) {
                throw JsonFields.missing(field);
            }
        }
        return readBrought(json, Instant.EPOCH);
    }

    /**
     * A token that somebody brings from elsewhere, of which a name and the digest of its secret are enough.
     *
     * @param now when it was created, if nothing says so
     */
    static Token readBrought(JsonFields json, Instant now) {
        checkPermissions(json);
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
                readRest(json, now));
    }

    /** InfluxDB says when a token was changed, and knows no versions. */
    private static long readVersion(JsonFields json) {
        return json.optionalWhole("version")
                .orElseGet(() -> json.optionalInstant("updated_at").isPresent() ? 2L : 1L);
    }

    /** A token of which anything says that it is disabled is, or it would open everything. */
    private static Optional<Disablement> readRest(JsonFields json, Instant now) {
        Optional<Reason> reason = json.isNull("disabled_reason")
                ? Optional.empty()
                : json.optionalText("disabled_reason").map(Reason::new);
        return json.optionalInstant("disabled_at")
                .or(() -> reason.map(_ -> now))
                .map(since -> new Disablement(since, reason.orElse(Reason.NONE)));
    }

    /** InfluxDB's tokens may be good for less than everything, as no token is here. */
    private static void checkPermissions(JsonFields json) {
        json.value("permissions")
                .filter(said -> !said.equals(ADMIN) && !said.equals(new Json.Array(List.of(ADMIN))))
                .ifPresent(_ -> {
                    throw new JsonException(
                            "permissions",
                            "field `permissions`: expected " + ADMIN.value()
                                    + ", because a token with fewer permissions would get all of them");
                });
    }

    /** An older server knows one secret of a token. */
    private static SecretDigests readSecrets(JsonFields json) {
        List<FormerSecret> former = json.has("former_secrets")
                ? json.elements("former_secrets").stream()
                        .map(TokenJson::readFormer)
                        .toList()
                : List.of();
        return new SecretDigests(
                TokenDigest.parse(json.text("hash")),
                json.has("generation") ? json.whole("generation") : 1,
                former,
                json.optionalText("rotation_key")
                        .map(key -> new SecretDigests.KeyedRotation(
                                key,
                                json.optionalInstant("rotated_at")
                                        .orElseThrow(() -> JsonFields.missing("rotated_at")))));
    }

    private static FormerSecret readFormer(Json value) {
        JsonFields json = JsonFields.of(value);
        return new FormerSecret(
                json.whole("generation"),
                TokenDigest.parse(json.text("hash")),
                json.optionalInstant("valid_until"),
                Optional.empty());
    }

    private static Expiry readExpiry(JsonFields json) {
        return json.optionalInstant("expiry").map(Expiry::at).orElse(Expiry.NEVER);
    }

    private static Optional<TokenId> readId(JsonFields json, String field) {
        return json.optionalWhole(field).map(TokenId::new);
    }
}
