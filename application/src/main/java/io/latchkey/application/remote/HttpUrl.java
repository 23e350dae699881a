package io.latchkey.application.remote;

import java.net.URI;
import java.util.Optional;

/** URLs of HTTP servers. */
public final class HttpUrl {
    private HttpUrl() {}

    /** The server of a URL of http or https, in either case; empty for another scheme or without a host. */
    public static Optional<HostAndPort> server(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme())
                ? HostAndPort.of(url)
                : Optional.empty();
    }

    /**
     * Whether a text is a URL that paths can be added to, such as {@code https://tokens.example.org/auth}: http or https
     * in lower case, a host, and neither user nor query nor fragment.
     */
    public static boolean isBase(String text) {
        try {
            URI url = URI.create(text);
            return hasLowerCaseScheme(url)
                    && HostAndPort.of(url).isPresent()
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the scheme is http or https, in lower case. */
    public static boolean hasLowerCaseScheme(URI url) {
        return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }
}
