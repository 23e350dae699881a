package io.latchkey.http.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a PEM text (RFC 7468): what it says it is, and its bytes. */
final class Pem {
    private static final Pattern PART =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final String label;
    private final String body;

    private Pem(String label, String body) {
        this.label = label;
        this.body = body;
    }

    /** The parts of a text; whatever is between them is for people. */
    static List<Pem> parts(String text) {
        List<Pem> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            parts.add(new Pem(matcher.group(1), matcher.group(2)));
        }
        return parts;
    }

    String label() {
        return label;
    }

    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    }

    /**
     * What it holds.
     *
     * @throws IllegalArgumentException if that is not base64
     */
    byte[] bytes() {
        return Base64.getDecoder().decode(WHITE_SPACE.matcher(body).replaceAll(""));
    }
}
