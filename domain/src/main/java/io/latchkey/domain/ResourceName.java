package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/**
 * The resources that a permission names: one name, or all names with a prefix.
 *
 * @param name the name or the prefix as it is, without percent-encoding; never normalised, because names of other services
 *     are only compared
 * @param extent whether the name stands for itself or for all names that begin with it
 */
public record ResourceName(String name, Extent extent) implements Comparable<ResourceName> {
    /** All resources of a type. */
    public static final ResourceName ANY = new ResourceName("", Extent.PREFIX);

    /** What a name stands for. */
    public enum Extent {
        WHOLE,
        PREFIX
    }

    /**
     * Parses a name, with a {@code *} at its end for a prefix. Commas, colons, stars, percent signs, white space and control
     * characters in names are percent-encoded, as UTF-8.
     *
     * @throws TokenFailure.Invalid if it is empty or holds such a character as it is, or a broken percent-encoding
     */
    static ResourceName parse(String text) {
        boolean prefix = text.endsWith("*");
        String name = decode(prefix ? text.substring(0, text.length() - 1) : text, text);
        if (name.isEmpty() && !prefix) {
            throw invalid(text);
        }
        return new ResourceName(name, prefix ? Extent.PREFIX : Extent.WHOLE);
    }

    private static String decode(String encoded, String whole) {
        if (encoded.codePoints().anyMatch(c -> c != '%' && isReserved(c))) {
            throw invalid(whole);
        }
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] given = encoded.getBytes(UTF_8);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != '%') {
                bytes.write(given[i]);
            } else {
                int high = digit(given, i + 1);
                int low = digit(given, i + 2);
                if (high < 0 || low < 0) {
                    throw invalid(whole);
                }
                bytes.write(high * 16 + low);
                i += 2;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(whole);
        }
    }

    /** The value of a hexadecimal digit; negative where there is none. */
    private static int digit(byte[] text, int at) {
        return at < text.length ? Character.digit(text[at], 16) : -1;
    }

    private static boolean isReserved(int codePoint) {
        return switch (codePoint) {
            case ':', ',', '*', '%' -> true;
            default ->
                Character.isWhitespace(codePoint)
                        || Character.isSpaceChar(codePoint)
                        || TokenName.isUnprintable(codePoint);
        };
    }

    private static TokenFailure invalid(String text) {
        return Permission.invalid("invalid resource name " + Permission.shown(text));
    }

    /** Whether this covers every name that the other stands for. */
    boolean covers(ResourceName other) {
        return switch (extent) {
            case WHOLE -> equals(other);
            case PREFIX -> other.name.startsWith(name);
        };
    }

    /** The text in the form that {@link #parse} reads. */
    public String text() {
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(codePoint -> {
            if (isReserved(codePoint)) {
                for (byte each : Character.toString(codePoint).getBytes(UTF_8)) {
                    text.append(String.format(Locale.ROOT, "%%%02X", each));
                }
            } else {
                text.appendCodePoint(codePoint);
            }
        });
        return extent == Extent.PREFIX ? text.append('*').toString() : text.toString();
    }

    @Override
    public int compareTo(ResourceName other) {
        return text().compareTo(other.text());
    }
}
