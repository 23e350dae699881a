package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Percent-encoding of text in URLs (RFC 3986, section 2.1), and in form-encoded queries. */
public final class PercentEncoding {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private PercentEncoding() {}

    /** Encodes a text as a path segment or as a value in a query. */
    public static String encode(String text) {
        if (isUnreserved(text)) {
            return text;
        }
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Encodes what the scope of a token cannot hold (RFC 6749, section 3.3), which is the same permission. */
    public static String encodeScope(String permission) {
        var encoded = new StringBuilder();
        for (byte b : permission.getBytes(UTF_8)) {
            if (b > ' ' && b <= '~' && b != '"' && b != '\\') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (UNRESERVED.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Decodes a path segment.
     *
     * @throws ProblemException if it is not percent-encoded UTF-8
     */
    public static String decode(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()
                        || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                        || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                    throw malformed();
                }
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                int next = encoded.offsetByCodePoints(i, 1);
                bytes.writeBytes(encoded.substring(i, next).getBytes(UTF_8));
                i = next - 1;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    /** All values of a name in a form-encoded query. */
    public static List<String> values(String query, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key.replace('+', ' ')).equals(name)) {
                values.add(equals < 0 ? "" : decode(pair.substring(equals + 1).replace('+', ' ')));
            }
        }
        return values;
    }

    /** All names in a form-encoded query, repeated as in the query. */
    public static List<String> names(String query) {
        return Stream.of(query.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> decode(pair.split("=", 2)[0].replace('+', ' ')))
                .toList();
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.badRequest("the URL is not percent-encoded UTF-8"));
    }
}
