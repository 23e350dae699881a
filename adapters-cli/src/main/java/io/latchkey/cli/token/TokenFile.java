package io.latchkey.cli.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.JsonText;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final TokenFileForm FORM = TokenFileForm.ADMIN;
    private static final String EXPIRY = TokenFileForm.EXPIRY;
    private static final List<String> FIELDS = List.of("token", "name", EXPIRY, "description");
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
        return FORM.read(file, TokenFile::parse);
    }

    /** Parses the text of a token file. */
    public static Change.Register parse(byte[] text) throws IOException {
        Map<String, Object> fields = fields(text);
        String token = text(fields, "token").orElseThrow(() -> FORM.notJson("missing field `token`"));
        String name = text(fields, "name").orElseThrow(() -> FORM.notJson("missing field `name`"));
        return new Change.Register(
                FORM.tokenName(name),
                FORM.secret(token).digest(),
                end(fields).<Lifetime>map(Lifetime.Until::new).orElse(Lifetime.UNLIMITED),
                text(fields, "description").map(Description::new).orElse(Description.NONE));
    }

    private static Optional<String> text(Map<String, Object> fields, String name) {
        return switch (fields.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object _ -> throw FORM.notJson("field `" + name + "`: expected a string");
        };
    }

    private static Optional<Instant> end(Map<String, Object> fields) {
        return switch (fields.get(EXPIRY)) {
            case null -> Optional.empty();
            case Long millis -> Optional.of(Instant.ofEpochMilli(millis));
            case Object _ -> throw FORM.notJson("field `" + EXPIRY + "`: expected a whole number of milliseconds");
        };
    }

    /** The fields with a value. */
    private static Map<String, Object> fields(byte[] text) throws IOException {
        return FORM.json(FORM.decode(text), TokenFile::members);
    }

    private static Map<String, Object> members(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            int line = json.currentLocation().getLineNr();
            JsonToken value = json.nextToken();
            if (name.equals(PERMISSIONS)) {
                checkPermissions(json, line);
                continue;
            }
            if (!FIELDS.contains(name)) {
                LOG.warn(FORM.ignored(name, line, FIELDS));
            }
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
        return fields;
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
            throw FORM.notJson("field `" + PERMISSIONS + "` at line " + line + ": expected \"" + EVERYTHING
                    + "\" or no such field, because an admin token has all permissions; resource tokens are for"
                    + " --permission-tokens-file");
        }
    }
}
