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
 * Where a guarded request carries its credential: in {@code Authorization}, or in a header that the configuration names
 * for services that have their own use for that one.
 *
 * <p>Never in the query, which is kept in histories and logs; and never in two places of one kind, since the guarded
 * service might believe the other one.
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

    /** The credential of a request: that in the named header if it is there, or else that in {@code Authorization}. */
    Credential credential(HttpHeaders headers) {
        String own = name == null ? null : headers.get(name);
        if (own != null && name != null) {
            if (isRepeated(headers, name)) {
                return new Credential.Malformed();
            }
            // A bare secret has no scheme, and no space.
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
