package io.latchkey.application.notification;

import io.latchkey.domain.TokenFailure;
import java.util.Base64;

/** What notices are signed with, as the Standard Webhooks specification has it: 24 to 64 bytes. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** The secret in a text; the refusal of another does not quote it. */
    public static WebhookSecret parse(String text) {
        if (text.startsWith(PREFIX)) {
            try {
                byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
                if (key.length >= SHORTEST && key.length <= LONGEST) {
                    return new WebhookSecret(key);
                }
            } catch (IllegalArgumentException e) {
                // the same sentence
            }
        }
        throw new TokenFailure.Invalid(
                "webhook-secret",
                "expected " + PREFIX + " and " + SHORTEST + " to " + LONGEST
                        + " random bytes in base64, such as openssl rand -base64 32 gives");
    }

    /** The bytes themselves, to sign with. */
    public byte[] reveal() {
        return key.clone();
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
