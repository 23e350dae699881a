package io.latchkey.persistence.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.latchkey.application.NearestName;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a token from one line of an import file: a JSON object as {@link TokenJson}, the API or InfluxDB 3 writes it. Only
 * a {@code name} and a {@code digest} (InfluxDB: {@code hash}) are required; names of members that other programs use are
 * translated.
 *
 * <p>An unknown member is refused. Otherwise a misspelt limit, or a limit that this version does not support, would be
 * dropped silently and the imported token could do more than the original.
 */
final class ImportedToken {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> INSTANTS = Set.of(
            "expires_at",
            "created_at",
            "changed_at",
            "disabled_at",
            "rotated_at",
            "valid_until",
            "alarmed_at",
            "not_before");
    private static final Set<String> NUMBERS = Set.of("id", "version", "created_by", "changed_by", "generation");
    private static final Set<String> TEXTS =
            Set.of("name", "digest", "description", "disabled_reason", "rotation_key", "owner");
    private static final Set<String> OF_FORMER_SECRETS = Set.of("generation", "digest", "valid_until", "alarmed_at");
    // Members that InfluxDB and the API write and that are derived from others, or are not part of a token: ignored.
    private static final Set<String> FOREIGN = Set.of(
            "kind",
            "previous_secret_until",
            "last_used_at",
            "last_used_from",
            "last_used_accuracy_seconds",
            "use_count",
            "generations");
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "hash", "digest",
            "token_id", "id",
            "expiry", "expires_at",
            "created_by_token_id", "created_by",
            "updated_at", "changed_at",
            "updated_by_token_id", "changed_by",
            "from", "origins");
    private static final String ADMIN = "*:*:*";

    private final JsonParser from;
    private final JsonGenerator to;
    private final Set<String> seen = new HashSet<>();
    private long version = 1;
    private boolean disabled;

    private ImportedToken(JsonParser from, JsonGenerator to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The token on a line.
     *
     * @param now the time of creation, or of disabling, if the line has none
     * @throws TokenFailure if the line is not a token, or breaks a rule of tokens
     */
    static Token read(String line, Instant now) {
        try {
            return TokenJson.read(complete(line, now));
        } catch (IllegalArgumentException e) {
            throw refusal(e);
        }
    }

    /** The {@link TokenFailure} among the causes of an exception, if there is one. */
    private static TokenFailure refusal(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenFailure failure) {
                return failure;
            }
        }
        return new TokenFailure.Invalid("token", "not a valid token");
    }

    /** The line as {@link TokenJson} reads it: members renamed and checked, required members added. */
    private static String complete(String line, Instant now) {
        StringWriter text = new StringWriter(line.length() + 100);
        try (JsonParser from = JSON.createParser(line);
                JsonGenerator to = JSON.createGenerator(text)) {
            new ImportedToken(from, to).complete(now);
            to.flush();
            return text.toString();
        } catch (IOException e) {
            throw expected("JSON");
        }
    }

    private void complete(Instant now) throws IOException {
        if (from.nextToken() != JsonToken.START_OBJECT) {
            throw expected("a JSON object");
        }
        to.writeStartObject();
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            String member = OTHER_NAMES.getOrDefault(from.currentName(), from.currentName());
            if (from.nextToken() == JsonToken.VALUE_NULL || FOREIGN.contains(member)) {
                from.skipChildren();
            } else if (!seen.add(member)) {
                throw expected("each member once, but " + member + " appears twice");
            } else {
                member(member);
            }
        }
        if (from.currentToken() != JsonToken.END_OBJECT || from.nextToken() != null) {
            throw expected("one JSON object");
        }
        addMissing(now);
        to.writeEndObject();
    }

    private void member(String member) throws IOException {
        switch (member) {
            case "version" -> version = number(member);
            case "state" -> disabled = text(member).equals("disabled");
            case "permissions" -> permissions();
            case "origins" -> origins();
            case "labels" -> labels();
            case "routes" -> routes();
            case "former_secrets" -> formerSecrets();
            default -> value(member);
        }
    }

    private void addMissing(Instant now) throws IOException {
        if (!seen.contains("name") || !seen.contains("digest")) {
            throw expected("a name and a digest");
        }
        if (!seen.contains("id")) {
            to.writeNumberField("id", 1);
        }
        to.writeNumberField("version", version());
        if (!seen.contains("description")) {
            to.writeStringField("description", "");
        }
        if (!seen.contains("created_at")) {
            to.writeNumberField("created_at", now.toEpochMilli());
        }
        boolean isDisabled = disabled || seen.contains("disabled_reason");
        if (isDisabled && !seen.contains("disabled_at")) {
            to.writeNumberField("disabled_at", now.toEpochMilli());
        }
    }

    /** The version to write. A token without time of change was never changed; InfluxDB has that time, but no versions. */
    private long version() {
        if (!seen.contains("changed_at")) {
            return 1;
        }
        return seen.contains("version") ? version : 2;
    }

    /** Copies permissions, as an array or separated by white space; {@code *:*:*} alone stands for an admin token. */
    private void permissions() throws IOException {
        List<String> texts = texts("permissions", "\\s+");
        if (!texts.equals(List.of(ADMIN))) {
            to.writeStringField(
                    "permissions", String.join(" ", Permissions.parse(texts).texts()));
        }
    }

    private void origins() throws IOException {
        Origins origins = Origins.parse(texts("from", "\\s+"));
        if (!origins.networks().isEmpty()) {
            to.writeStringField("origins", String.join(" ", origins.texts()));
        }
    }

    /** Copies labels: an object of strings, or lines of {@code KEY=VALUE}. */
    private void labels() throws IOException {
        List<String> texts = new ArrayList<>();
        if (from.currentToken() == JsonToken.START_OBJECT) {
            while (from.nextToken() == JsonToken.FIELD_NAME) {
                String key = from.currentName();
                from.nextToken();
                texts.add(key + "=" + text("labels"));
            }
        } else {
            texts = texts("labels", "\n");
        }
        if (!texts.isEmpty()) {
            to.writeStringField("labels", String.join("\n", Labels.parse(texts).texts()));
        }
    }

    private void routes() throws IOException {
        Routes routes = Routes.parse(texts("routes", "\n"));
        if (!routes.isEmpty()) {
            to.writeStringField("routes", String.join("\n", routes.texts()));
        }
    }

    /** The strings of an array, or the parts of one string. */
    private List<String> texts(String member, String separator) throws IOException {
        List<String> texts = new ArrayList<>();
        if (from.currentToken() != JsonToken.START_ARRAY) {
            String text = text(member).strip();
            return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
        }
        while (from.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(member));
        }
        return texts;
    }

    private void formerSecrets() throws IOException {
        if (from.currentToken() != JsonToken.START_ARRAY) {
            throw expected("former_secrets to be an array");
        }
        to.writeArrayFieldStart("former_secrets");
        while (from.nextToken() == JsonToken.START_OBJECT) {
            to.writeStartObject();
            while (from.nextToken() == JsonToken.FIELD_NAME) {
                String member = OTHER_NAMES.getOrDefault(from.currentName(), from.currentName());
                if (!OF_FORMER_SECRETS.contains(member)) {
                    throw unknown(member, OF_FORMER_SECRETS);
                }
                if (from.nextToken() != JsonToken.VALUE_NULL) {
                    value(member);
                }
            }
            to.writeEndObject();
        }
        if (from.currentToken() != JsonToken.END_ARRAY) {
            throw expected("former_secrets to be an array of objects");
        }
        to.writeEndArray();
    }

    /** Checks the value of a member and copies it. */
    private void value(String member) throws IOException {
        if (INSTANTS.contains(member)) {
            to.writeNumberField(
                    member, from.currentToken() == JsonToken.VALUE_STRING ? instant(from.getText()) : number(member));
        } else if (NUMBERS.contains(member)) {
            to.writeNumberField(member, number(member));
        } else if (TEXTS.contains(member)) {
            to.writeStringField(
                    member,
                    switch (member) {
                        case "name" -> new TokenName(text(member)).value();
                        case "digest" -> TokenDigest.parse(text(member)).hex();
                        default -> text(member);
                    });
        } else {
            Set<String> known = new TreeSet<>(INSTANTS);
            known.addAll(NUMBERS);
            known.addAll(TEXTS);
            known.addAll(List.of("permissions", "from", "labels", "routes"));
            throw unknown(member, known);
        }
    }

    private String text(String member) throws IOException {
        if (from.currentToken() != JsonToken.VALUE_STRING) {
            throw expected(member + " to be a string");
        }
        return from.getText();
    }

    private long number(String member) throws IOException {
        boolean whole = from.currentToken() == JsonToken.VALUE_NUMBER_INT;
        boolean fits = whole
                && switch (from.getNumberType()) {
                    case INT -> true;
                    case LONG -> !member.equals("generation");
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
                };
        if (!fits) {
            throw expected(
                    member + " to be an integer of at most " + (member.equals("generation") ? 32 : 64) + " bits");
        }
        return from.getLongValue();
    }

    private static long instant(String text) {
        try {
            return OffsetDateTime.parse(text.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? text : text + "Z")
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw expected("a timestamp like 2030-01-31T12:00:00Z");
        }
    }

    private static TokenFailure.Invalid unknown(String member, Set<String> known) {
        String shown = member.matches("[A-Za-z_]{1,40}") ? "unknown member " + member : "unknown member";
        return new TokenFailure.Invalid(
                "token",
                shown
                        + NearestName.of(member, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElseGet(() -> "; the members are " + String.join(", ", new TreeSet<>(known))));
    }

    private static TokenFailure.Invalid expected(String what) {
        return new TokenFailure.Invalid("token", "expected " + what);
    }
}
