package io.latchkey.application.recipe;

import io.latchkey.domain.TokenFailure;
import java.util.regex.Pattern;

/**
 * A Unix-domain socket on which Latchkey gives verdicts, for the configuration of another program.
 *
 * @param path an absolute path of characters that have no special meaning in any configuration
 */
record UnixSocket(String path) {
    private static final String UNIX = "unix:";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._+-]+)+");

    /** Whether a text begins as that of a socket does. */
    static boolean isOne(String text) {
        return text.startsWith(UNIX);
    }

    /** {@code unix:/path}. */
    static UnixSocket parse(String text) {
        String path = text.substring(UNIX.length());
        if (!PATH.matcher(path).matches()) {
            throw new TokenFailure.Invalid(
                    Question.LATCHKEY.field(), "expected an absolute path such as unix:/run/latchkey/verify");
        }
        return new UnixSocket(path);
    }

    /** The socket as a program spells it. */
    String in(Recipe recipe) {
        return switch (recipe) {
            case NGINX -> UNIX + path;
            case CADDY -> "unix/" + path;
            case HAPROXY -> "unix@" + path;
            case HAPROXY_LUA, TRAEFIK, ENVOY, APACHE, DOVECOT, DOVECOT_OAUTH2, PROMETHEUS, GITLEAKS, PRE_COMMIT ->
                throw new TokenFailure.Invalid(
                        Question.LATCHKEY.field(),
                        "expected http://HOST:PORT: this configuration does not ask over a Unix-domain socket");
        };
    }
}
