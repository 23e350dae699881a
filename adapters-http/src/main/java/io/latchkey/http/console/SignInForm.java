package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The token in the form for signing in, where there is no session yet: it belongs to a cookie of the same browser. */
final class SignInForm {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final byte[] key = new byte[KEY_BYTES];

    SignInForm(SecureRandom random) {
        random.nextBytes(key);
    }

    /** The token of a form for the browser with this cookie. */
    String token(String cookie) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(cookie.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** Whether a form was made for the browser with this cookie. */
    boolean issued(String sentToken, String cookie) {
        return MessageDigest.isEqual(token(cookie).getBytes(UTF_8), sentToken.getBytes(UTF_8));
    }
}
