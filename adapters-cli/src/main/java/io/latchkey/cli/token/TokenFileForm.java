package io.latchkey.cli.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileMode;
import io.latchkey.application.FileProblem;
import io.latchkey.application.NearestName;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * A form of files with secrets of tokens for a server: how they are read, and what their errors say.
 *
 * @param name such as {@code admin token file}
 * @param mostBytes their greatest length
 * @param limits the fields that limit a token, for an error
 * @param example the beginning of a file, for an error
 * @param command that makes such a file
 */
record TokenFileForm(String name, int mostBytes, String limits, String example, String command) {
    static final String EXPIRY = "expiry_millis";

    /** One token, which is an admin token (contract 2.8). */
    static final TokenFileForm ADMIN = new TokenFileForm(
            "admin token file",
            64 * 1024,
            "the only such field is `" + EXPIRY + "`",
            "{\"token\": \"apiv3_...\", \"name\": \"_admin\"}",
            "latchkey create token --admin --offline --output-file FILE");

    /** Resource tokens, as InfluxDB 3 Enterprise has them. */
    static final TokenFileForm PERMISSIONS = new TokenFileForm(
            "permission tokens file",
            4 * 1024 * 1024,
            "the only such fields are `" + EXPIRY + "` and `permissions`",
            "{\"tokens\": [{\"token\": \"apiv3_...\", \"name\": \"ci\", \"permissions\": [\"db:a:read\"]}]}",
            "latchkey create token --permission PERMISSION --name NAME --offline --output-file FILE");

    private static final Pattern LIMIT =
            Pattern.compile("(?i)(exp|ttl|valid|lifetime|not_?(after|before)|scope|disable|from|origin|cidr).*");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads the members of the object of a file. */
    @FunctionalInterface
    interface Members<T> {
        /** Reads the members, up to the end of the object. */
        T read(JsonParser json) throws IOException;
    }

    /** Parses the text of a file. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * Parses a text.
         *
         * @throws TokenFailure.Invalid if it is not of the form
         */
        T parse(byte[] text) throws IOException;
    }

    /** Reads a file; warns if others can read it, too. */
    <T> T read(Path file, Parser<T> parser) {
        try {
            warnOfReaders(file);
            return parser.parse(bytes(file));
        } catch (NoSuchFileException e) {
            throw refused("Failed to read " + name + " metadata: No such file or directory (os error 2)", file);
        } catch (IOException e) {
            throw refused("Failed to read " + name + ": " + FileProblem.reading(file, e), file);
        } catch (TokenFailure.Invalid e) {
            throw refused(e.sentence(), file);
        }
    }

    private void warnOfReaders(Path file) throws IOException {
        FileMode mode = FileMode.of(file);
        if (mode.isOpen()) {
            LoggerFactory.getLogger(TokenFileForm.class)
                    .atWarn()
                    .addKeyValue("file", file)
                    // Contract 2.8: without a leading zero.
                    .log(title() + " has insecure permissions: " + Integer.toOctalString(mode.bits())
                            + ". Consider using chmod 0600.");
        }
    }

    private byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(mostBytes + 1);
            if (text.length > mostBytes) {
                throw notJson("it is longer than " + mostBytes + " bytes");
            }
            return text;
        }
    }

    /** The name at the beginning of a sentence. */
    String title() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** The text of a file. */
    String decode(byte[] bytes) {
        try {
            return TextFile.decode(bytes);
        } catch (CharacterCodingException e) {
            throw notJson("expected UTF-8");
        }
    }

    /** Reads the one object of a text. */
    <T> T json(String text, Members<T> members) throws IOException {
        // As text, because the parser would guess the encoding of bytes.
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notJson("expected an object such as " + example);
            }
            T read = members.read(json);
            if (json.nextToken() != null) {
                throw notJson("expected nothing after the object");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw notJson("it is nested too deep, or holds a name or a number that is too long");
        } catch (JsonProcessingException e) {
            // Without the parser's message, which quotes the text and its secret.
            throw notJson("not a JSON text at line " + e.getLocation().getLineNr() + " column "
                    + e.getLocation().getColumnNr());
        }
    }

    /** The error for a JSON text that is not of this form. */
    TokenFailure.Invalid notJson(String sentence) {
        return new TokenFailure.Invalid("token", "Failed to parse " + name + " as JSON: " + sentence);
    }

    /**
     * The warning about an unknown field, which is refused if ignoring it could give a token more rights than intended. Does
     * not show the name of the field, which may be a misplaced secret.
     *
     * @throws TokenFailure.Invalid if it is a misspelt field, or may be a limit
     */
    String ignored(String field, int line, List<String> known) {
        NearestName.of(field, known).ifPresent(near -> {
            throw notJson("unknown field at line " + line + ", did you mean `" + near + "`?");
        });
        if (LIMIT.matcher(field).matches()) {
            throw notJson("unknown field at line " + line + ", which may be meant as a limit; " + limits);
        }
        return title() + " has an unknown field at line " + line + ", which is ignored. Known fields: "
                + String.join(", ", known) + ".";
    }

    /** Parses the name of a token. */
    TokenName tokenName(String text) {
        try {
            return new TokenName(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid("name", "Invalid " + e.sentence());
        }
    }

    /** Parses the secret of a token. */
    TokenSecret secret(String text) {
        try {
            return TokenSecret.chosen(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(
                    "token", "Invalid token format: " + e.sentence() + "; create one with `" + command + "`");
        }
    }

    private static AuthorityUnavailable refused(String sentence, Path file) {
        return new AuthorityUnavailable("Token error: " + sentence + " (" + file + ")");
    }
}
