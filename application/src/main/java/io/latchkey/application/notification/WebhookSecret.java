package io.latchkey.application.notification;

import io.latchkey.domain.TokenFailure;
import java.util.Base64;

/** The key that signs notifications, as defined by the Standard Webhooks specification: 24 to 64 bytes. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** Parses a secret; error messages do not quote it. */
    public static WebhookSecret parse(String text) {
        if (text.startsWith(PREFIX)) {
            try {
                byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
                if (key.length >= SHORTEST && key.length <= LONGEST) {
                    return new WebhookSecret(key);
                }
            } catch (IllegalArgumentException e) {
                // same message
            }
        }
        throw new TokenFailure.Invalid(
                "webhook-secret",
                "expected " + PREFIX + " and " + SHORTEST + " to " + LONGEST
                        + " random bytes in base64, for example from openssl rand -base64 32");
    }

    /** The key bytes, for signing. */
    public byte[] reveal() {
        return key.clone();
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
