package io.latchkey.http.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM text (RFC 7468): its label and its bytes. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final String label;
    private final String body;

    private Pem(String label, String body) {
        this.label = label;
        this.body = body;
    }

    /** The blocks of a text; the text between them is ignored. */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Pem(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** The label, such as {@code PRIVATE KEY}. */
    String label() {
        return label;
    }

    /** Whether a passphrase protects the content, in PKCS#8 or in OpenSSL's older format. */
    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    }

    /**
     * The decoded content.
     *
     * @throws IllegalArgumentException if it is not base64
     */
    byte[] bytes() {
        return Base64.getDecoder().decode(WHITE_SPACE.matcher(body).replaceAll(""));
    }
}
