package io.latchkey.http.oauth;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.remote.HttpUrl;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;

/**
 * What this authority calls itself to those who speak OAuth.
 *
 * <p>The {@code Host} header is whatever the caller wants it to be, and the address it listens on is not the one it is
 * known by behind a proxy. So its name is the URL in the configuration, or else the identity of the instance, which
 * is nobody else's but leads nowhere.
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

    /** The {@code iss} of an answer. */
    String name() {
        return hasUrl() ? publicUrl : "urn:uuid:" + authority.instanceId();
    }

    /** Whether it is known where it can be reached. */
    boolean hasUrl() {
        return !publicUrl.isEmpty();
    }

    /** The path of the name, without a slash at its end; empty if it has none. */
    String path() {
        String path = hasUrl() ? URI.create(publicUrl).getRawPath() : "";
        return path == null ? "" : path;
    }

    /** Where a path is, seen from outside. */
    String url(String path) {
        return publicUrl + path;
    }
}
