package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that a form brings back without showing them: encrypted with a key that lives as long as the server, for one
 * session. So the server keeps none, and the page holds none that could be read from it.
 */
final class SealedSecrets {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;
    private final SecretKey key;

    SealedSecrets(SecureRandom random) {
        this.random = random;
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, "AES");
    }

    /** The secret as a field of a form. */
    String seal(TokenSecret secret, Session session) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, session)
                    .doFinal(secret.reveal().getBytes(UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /**
     * The secret that was sealed.
     *
     * @throws TokenFailure.Invalid if this was not done here, for this session
     */
    TokenSecret open(String sealed, Session session) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
            byte[] nonce = new byte[Math.min(NONCE_BYTES, bytes.remaining())];
            byte[] rest = new byte[bytes.remaining() - nonce.length];
            bytes.get(nonce).get(rest);
            return TokenSecret.presented(
                    new String(cipher(Cipher.DECRYPT_MODE, nonce, session).doFinal(rest), UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TokenFailure.Invalid("secret", "the page is from an earlier session: check the string again");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Session session) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(session.formToken().getBytes(UTF_8));
        return cipher;
    }
}
