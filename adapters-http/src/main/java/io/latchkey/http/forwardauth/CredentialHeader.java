package io.latchkey.http.forwardauth;

import io.latchkey.domain.TokenSecret;
import io.latchkey.http.security.Credential;
import io.micronaut.context.annotation.Value;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The header of a protected request that contains its credential: {@code Authorization}, or the header of {@code
 * --verify-header}, for services that use {@code Authorization} themselves.
 *
 * <p>Credentials in the query are not accepted, because browsers and logs keep it. Repeated headers are not accepted,
 * because the protected service might read the other value.
 */
@Singleton
final class CredentialHeader {
    private static final Credential NONE = new Credential.None();

    private final @Nullable AsciiString name;

    CredentialHeader(@Value("${latchkey.server.verify-header:}") String name) {
        if (!name.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':')) {
            throw new IllegalArgumentException("not the name of a header: " + name);
        }
        this.name = name.isEmpty() ? null : new AsciiString(name);
    }

    /** The credential in the configured header if present, otherwise in {@code Authorization}. */
    Credential credential(HttpHeaders headers) {
        String own = name == null ? null : headers.get(name);
        if (own != null && name != null) {
            if (isRepeated(headers, name)) {
                return new Credential.Malformed();
            }
            // Without a space there is no scheme: the value is the secret.
            return own.indexOf(' ') < 0 ? new Credential.Presented(TokenSecret.presented(own)) : Credential.parse(own);
        }
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null) {
            return NONE;
        }
        return isRepeated(headers, HttpHeaderNames.AUTHORIZATION)
                ? new Credential.Malformed()
                : Credential.parse(authorization);
    }

    private static boolean isRepeated(HttpHeaders headers, AsciiString name) {
        Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
        values.next();
        return values.hasNext();
    }
}
