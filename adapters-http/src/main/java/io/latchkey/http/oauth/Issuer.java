package io.latchkey.http.oauth;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.remote.HttpUrl;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;

/**
 * The issuer identifier of this authority in OAuth.
 *
 * <p>It is the URL of {@code --public-url}, or otherwise a URN with the identity of the instance, which is unique but
 * cannot be resolved. It is not taken from the {@code Host} header, which the caller controls, nor from the listening
 * address, which differs behind a proxy.
 */
@Singleton
final class Issuer {
    private final String publicUrl;
    private final TokenAuthority authority;

    Issuer(@Value("${latchkey.server.public-url:}") String publicUrl, TokenAuthority authority) {
        this.publicUrl = publicUrl.isEmpty() ? "" : checked(publicUrl);
        this.authority = authority;
    }

    private static String checked(String url) {
        if (!HttpUrl.isBase(url)) {
            throw new IllegalArgumentException("not a URL such as https://tokens.example.org: " + url);
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The issuer identifier. */
    String name() {
        return hasUrl() ? publicUrl : "urn:uuid:" + authority.instanceId();
    }

    /** Whether a public URL is configured. */
    boolean hasUrl() {
        return !publicUrl.isEmpty();
    }

    /** The path of the public URL, without a slash at its end; empty if there is none. */
    String path() {
        String path = hasUrl() ? URI.create(publicUrl).getRawPath() : "";
        return path == null ? "" : path;
    }

    /** The public URL of a path. */
    String url(String path) {
        return publicUrl + path;
    }
}
