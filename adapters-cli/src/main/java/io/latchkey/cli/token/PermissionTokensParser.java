package io.latchkey.cli.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a permission tokens file, and remembers where its arrays end, so that something can be added to them. */
final class PermissionTokensParser {
    private static final TokenFileForm FORM = TokenFileForm.PERMISSIONS;
    private static final String DATABASES = "create_databases";
    private static final String TOKENS = "tokens";
    private static final String PERMISSIONS = "permissions";
    private static final List<String> FIELDS = List.of(DATABASES, TOKENS);
    private static final List<String> TOKEN_FIELDS =
            List.of("token", "name", TokenFileForm.EXPIRY, PERMISSIONS, "description");

    private final JsonParser json;
    private final List<Change.Register> tokens = new ArrayList<>();
    private final Set<TokenName> names = new HashSet<>();
    private final List<String> databases = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<Integer> tokensEnd = Optional.empty();
    private Optional<Span> databasesSpan = Optional.empty();

    private PermissionTokensParser(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a text.
     *
     * @throws TokenFailure.Invalid if it is not a permission tokens file
     */
    static PermissionTokensParser of(String text) throws IOException {
        return FORM.json(text, json -> {
            var parser = new PermissionTokensParser(json);
            parser.read();
            return parser;
        });
    }

    /** The tokens, in their order. */
    List<Change.Register> tokens() {
        return tokens;
    }

    /** The databases that InfluxDB would create. */
    List<String> databases() {
        return databases;
    }

    /** Sentences about fields that were ignored. */
    List<String> warnings() {
        return warnings;
    }

    /** The index of the character that ends the array of tokens. */
    int tokensEnd() {
        return tokensEnd.orElseThrow();
    }

    /** Where the databases are, if the field is there. */
    Optional<Span> databasesSpan() {
        return databasesSpan;
    }

    /** A part of the text, from one index up to another. */
    record Span(int from, int to) {}

    private void read() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            int line = json.currentLocation().getLineNr();
            JsonToken value = json.nextToken();
            switch (field) {
                case TOKENS -> {
                    if (value != JsonToken.START_ARRAY) {
                        throw FORM.notJson("field `" + TOKENS + "`: expected an array of objects");
                    }
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        add();
                    }
                    tokensEnd = Optional.of(position());
                }
                case DATABASES -> {
                    int from = position();
                    databases.addAll(texts(DATABASES));
                    int length = value == JsonToken.VALUE_NULL ? "null".length() : 1;
                    databasesSpan = Optional.of(new Span(from, position() + length));
                }
                default -> {
                    warnings.add(FORM.ignored(field, line, FIELDS));
                    json.skipChildren();
                }
            }
        }
        if (tokensEnd.isEmpty()) {
            throw FORM.notJson("missing field `" + TOKENS + "`");
        }
    }

    private int position() {
        return Math.toIntExact(json.currentTokenLocation().getCharOffset());
    }

    private void add() throws IOException {
        try {
            Change.Register token = token();
            if (token.name().equals(TokenName.OPERATOR)) {
                throw new TokenFailure.Invalid("name", "the operator token cannot be a resource token");
            }
            if (!names.add(token.name())) {
                throw new TokenFailure.NameTaken(token.name());
            }
            tokens.add(token);
        } catch (TokenFailure.Invalid | TokenFailure.NameTaken e) {
            throw new TokenFailure.Invalid(TOKENS, e.sentence() + ", in token " + (tokens.size() + 1));
        }
    }

    private Change.Register token() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw FORM.notJson("field `" + TOKENS + "`: expected an array of objects");
        }
        Map<String, String> texts = new HashMap<>();
        Optional<Instant> end = Optional.empty();
        Optional<Permissions> permissions = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            int line = json.currentLocation().getLineNr();
            JsonToken value = json.nextToken();
            if (!TOKEN_FIELDS.contains(field)) {
                warnings.add(FORM.ignored(field, line, TOKEN_FIELDS));
                json.skipChildren();
            } else if (field.equals(PERMISSIONS)) {
                permissions = Optional.of(Permissions.parse(texts(PERMISSIONS)));
            } else if (value != JsonToken.VALUE_NULL) {
                if (field.equals(TokenFileForm.EXPIRY)) {
                    end = Optional.of(moment());
                } else {
                    texts.put(field, text(field));
                }
            }
        }
        return new Change.Register(
                FORM.tokenName(required(texts, "name")),
                FORM.secret(required(texts, "token")).digest(),
                end.<Lifetime>map(Lifetime.Until::new).orElse(Lifetime.UNLIMITED),
                new Description(texts.getOrDefault("description", "")),
                Attributes.ADMIN.with(
                        permissions.orElseThrow(() -> FORM.notJson("missing field `" + PERMISSIONS + "`"))));
    }

    private static String required(Map<String, String> texts, String field) {
        return Optional.ofNullable(texts.get(field)).orElseThrow(() -> FORM.notJson("missing field `" + field + "`"));
    }

    private String text(String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw FORM.notJson("field `" + field + "`: expected a string");
        }
        return json.getText();
    }

    private Instant moment() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || !(json.getNumberValue() instanceof Integer || json.getNumberValue() instanceof Long)) {
            throw FORM.notJson("field `" + TokenFileForm.EXPIRY + "`: expected a whole number of milliseconds");
        }
        return Instant.ofEpochMilli(json.getLongValue());
    }

    /** An array of strings; {@code null} only for the databases, which have no effect. */
    private List<String> texts(String field) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL && field.equals(DATABASES)) {
            return texts;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw FORM.notJson("field `" + field + "`: expected an array of strings");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(field));
        }
        return texts;
    }
}
