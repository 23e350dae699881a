package io.latchkey.cli.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileMode;
import io.latchkey.application.FileProblem;
import io.latchkey.application.NearestName;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.JsonText;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token file: a JSON object with {@code token}, {@code name}, and optionally {@code expiry_millis} and {@code
 * description} (contract 2.3 and 2.8; A.4).
 *
 * <p>Other fields are ignored with a warning, as InfluxDB ignores them. Fields are refused if ignoring them would
 * give the token more rights than intended: misspelt fields, fields that may be limits, and permissions.
 */
public final class TokenFile {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_BYTES = 64 * 1024;
    private static final String EXPIRY = "expiry_millis";
    private static final List<String> FIELDS = List.of("token", "name", EXPIRY, "description");
    private static final Pattern LIMIT = Pattern.compile("(?i)(exp|ttl|valid|lifetime|not_?after|scope|disable).*");
    private static final String PERMISSIONS = "permissions";
    private static final String EVERYTHING = "*:*:*";

    private TokenFile() {}

    /** Formats a token file. */
    static String write(OfflineToken token) {
        StringBuilder json = new StringBuilder("{\n  \"token\": ")
                .append(JsonText.string(token.secret().reveal()))
                .append(",\n  \"name\": ")
                .append(JsonText.string(token.name().value()));
        token.expiry()
                .end()
                .ifPresent(end -> json.append(",\n  \"expiry_millis\": ").append(end.toEpochMilli()));
        if (!token.description().isEmpty()) {
            json.append(",\n  \"description\": ")
                    .append(JsonText.string(token.description().text()));
        }
        return json.append("\n}\n").toString();
    }

    /** Reads a token file; only the digest of its secret is kept. */
    public static Change.Register read(Path file) {
        try {
            warnOfReaders(file);
            return parse(text(file));
        } catch (NoSuchFileException e) {
            throw refused("Failed to read admin token file metadata: No such file or directory (os error 2)", file);
        } catch (IOException e) {
            throw refused("Failed to read admin token file: " + FileProblem.reading(file, e), file);
        } catch (TokenFailure.Invalid e) {
            throw refused(e.sentence(), file);
        }
    }

    private static void warnOfReaders(Path file) throws IOException {
        FileMode mode = FileMode.of(file);
        if (mode.isOpen()) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    // Contract 2.8: without a leading zero.
                    .log("Admin token file has insecure permissions: " + Integer.toOctalString(mode.bits())
                            + ". Consider using chmod 0600.");
        }
    }

    private static byte[] text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                throw notJson("it is longer than " + MAX_BYTES + " bytes");
            }
            return text;
        }
    }

    /** Parses the text of a token file. */
    public static Change.Register parse(byte[] text) throws IOException {
        Map<String, Object> fields = fields(text);
        String token = text(fields, "token").orElseThrow(() -> notJson("missing field `token`"));
        String name = text(fields, "name").orElseThrow(() -> notJson("missing field `name`"));
        return new Change.Register(
                name(name),
                secret(token).digest(),
                end(fields).<Lifetime>map(Lifetime.Until::new).orElse(Lifetime.UNLIMITED),
                text(fields, "description").map(Description::new).orElse(Description.NONE));
    }

    private static TokenName name(String text) {
        try {
            return new TokenName(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid("name", "Invalid " + e.sentence());
        }
    }

    private static TokenSecret secret(String text) {
        try {
            return TokenSecret.chosen(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(
                    "token",
                    "Invalid token format: " + e.sentence()
                            + "; create one with `latchkey create token --admin --offline --output-file FILE`");
        }
    }

    private static Optional<String> text(Map<String, Object> fields, String name) {
        return switch (fields.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object _ -> throw notJson("field `" + name + "`: expected a string");
        };
    }

    private static Optional<Instant> end(Map<String, Object> fields) {
        return switch (fields.get(EXPIRY)) {
            case null -> Optional.empty();
            case Long millis -> Optional.of(Instant.ofEpochMilli(millis));
            case Object _ -> throw notJson("field `" + EXPIRY + "`: expected a whole number of milliseconds");
        };
    }

    private static String text(byte[] bytes) {
        try {
            return TextFile.decode(bytes);
        } catch (CharacterCodingException e) {
            throw notJson("expected UTF-8");
        }
    }

    /** The fields with a value. */
    private static Map<String, Object> fields(byte[] text) throws IOException {
        // As text, because the parser would guess the encoding of bytes.
        try (JsonParser json = JSON.createParser(text(text))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notJson("expected an object such as {\"token\": \"apiv3_...\", \"name\": \"_admin\"}");
            }
            Map<String, Object> fields = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                int line = json.currentLocation().getLineNr();
                JsonToken value = json.nextToken();
                if (name.equals(PERMISSIONS)) {
                    checkPermissions(json, line);
                    continue;
                }
                checkKnown(name, line);
                switch (value) {
                    case VALUE_NULL -> {}
                    case VALUE_STRING -> fields.put(name, json.getText());
                    case VALUE_NUMBER_INT ->
                        fields.put(
                                name,
                                json.getNumberValue() instanceof Integer small
                                        ? (Object) small.longValue()
                                        : json.getNumberValue());
                    case null, default -> {
                        fields.put(name, JsonToken.START_OBJECT);
                        json.skipChildren();
                    }
                }
            }
            if (json.nextToken() != null) {
                throw notJson("expected nothing after the object");
            }
            return fields;
        } catch (StreamConstraintsException e) {
            throw notJson("it is nested too deep, or holds a name or a number that is too long");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // Without the parser's message, which quotes the text and its secret.
            throw notJson("not a JSON text at line " + e.getLocation().getLineNr() + " column "
                    + e.getLocation().getColumnNr());
        }
    }

    /** Does not print the name of the field, which may be a misplaced secret. */
    private static void checkKnown(String field, int line) {
        if (FIELDS.contains(field)) {
            return;
        }
        NearestName.of(field, FIELDS).ifPresent(near -> {
            throw notJson("unknown field at line " + line + ", did you mean `" + near + "`?");
        });
        if (LIMIT.matcher(field).matches()) {
            throw notJson("unknown field at line " + line + ", which may be meant as a limit; the only such field is `"
                    + EXPIRY + "`");
        }
        LOG.warn("Admin token file has an unknown field at line " + line + ", which is ignored. Known fields: "
                + String.join(", ", FIELDS) + ".");
    }

    /** Refuses restricted permissions, since all tokens are admin tokens. */
    private static void checkPermissions(JsonParser json, int line) throws IOException {
        boolean all = switch (json.currentToken()) {
            case VALUE_NULL -> true;
            case VALUE_STRING -> json.getText().equals(EVERYTHING);
            case START_ARRAY ->
                json.nextToken() == JsonToken.VALUE_STRING
                        && json.getText().equals(EVERYTHING)
                        && json.nextToken() == JsonToken.END_ARRAY;
            case null, default -> false;
        };
        if (!all) {
            throw notJson("field `" + PERMISSIONS + "` at line " + line + ": expected \"" + EVERYTHING
                    + "\" or no such field, because an admin token has all permissions");
        }
    }

    private static TokenFailure.Invalid notJson(String sentence) {
        return new TokenFailure.Invalid("token", "Failed to parse admin token file as JSON: " + sentence);
    }

    private static AuthorityUnavailable refused(String sentence, Path file) {
        return new AuthorityUnavailable("Token error: " + sentence + " (" + file + ")");
    }
}
