package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segments of a path in one form: percent-encoded unreserved characters are decoded, all others stay as they are, with
 * upper-case digits (RFC 3986, section 6.2.2).
 *
 * <p>Refused is what a service could split, join or resolve in another way than this: dot segments; empty segments but the last;
 * backslashes and semicolons; encoded control characters and {@code / \ % ; ? #}; bytes that are not UTF-8; and characters that a
 * path cannot hold (RFC 3986, section 3.3).
 */
final class PathSegments {
    private static final String RAW =
            "!$&'()*+,=:@"; // sub-delims, without the semicolon, and what else a segment may hold
    private static final String DELIMITERS = "/\\%;?#";
    private static final String HEX = "0123456789ABCDEF";

    private PathSegments() {}

    /** The segments of a path that begins with a slash; at least one, and only the last can be empty. */
    static Optional<List<String>> of(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        int end;
        for (int from = 1; from <= path.length(); from = end + 1) {
            int slash = path.indexOf('/', from);
            end = slash < 0 ? path.length() : slash;
            Optional<String> segment = segment(path.substring(from, end));
            if (segment.isEmpty() || (from == end && slash >= 0)) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(List.copyOf(segments));
    }

    /** One segment in its form. A star is always encoded, so that it is never taken for a wildcard. */
    static Optional<String> segment(String raw) {
        StringBuilder one = new StringBuilder(raw.length());
        ByteBuffer decoded = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean encoded = c == '%';
            if (encoded) {
                int octet = octet(raw, i + 1);
                if (octet < ' ' || octet == 0x7f || DELIMITERS.indexOf(octet) >= 0) {
                    return Optional.empty();
                }
                c = (char) octet;
                i += 2;
            } else if (!isUnreserved(c) && RAW.indexOf(c) < 0) {
                return Optional.empty();
            }
            decoded.put((byte) c);
            append(one, c, encoded);
        }
        String form = one.toString();
        return form.equals(".") || form.equals("..") || !isUtf8(decoded.flip()) ? Optional.empty() : Optional.of(form);
    }

    private static void append(StringBuilder form, char c, boolean encoded) {
        if (c == '*' || (encoded && !isUnreserved(c))) {
            form.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        } else {
            form.append(c);
        }
    }

    /** The value of two hexadecimal digits; negative if they are none. */
    private static int octet(String text, int at) {
        return at + 2 > text.length() ? -1 : digit(text.charAt(at)) << 4 | digit(text.charAt(at + 1));
    }

    /** The value of a digit of ASCII only; negative for any other character. */
    private static int digit(char c) {
        return c > 'f' ? -1 : Character.digit(c, 16);
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            var _ = UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
