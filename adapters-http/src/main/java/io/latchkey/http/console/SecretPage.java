package io.latchkey.http.console;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.RotatedToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.server.Connections;
import io.micronaut.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/**
 * The one page that shows a secret. It answers the form that made it, and is not stored, so there is no way back to it.
 *
 * @param previousUntil until when the old secret is accepted; empty if there is none or it is refused already
 * @param replaces whether there was an old secret
 * @param next what to know before leaving the page; empty for nothing
 */
record SecretPage(
        Frame frame,
        TokenName token,
        TokenSecret secret,
        Moments previousUntil,
        boolean replaces,
        String next,
        String origin,
        Routes routes) {
    /** An optional time, and now. */
    record Moments(Optional<Instant> at, Instant now) {
        Moment moment() {
            return new Moment(at.orElseThrow(), now);
        }
    }

    static HttpResponse<?> created(Visit visit, IssuedToken issued, Routes routes) {
        return page(new SecretPage(
                visit.frame("The secret of " + TerminalText.of(issued.name().value())),
                issued.name(),
                issued.secret(),
                new Moments(Optional.empty(), visit.now()),
                false,
                "",
                origin(visit),
                routes));
    }

    static HttpResponse<?> rotated(Visit visit, RotatedToken rotated, boolean itself) {
        return page(new SecretPage(
                visit.frame("The new secret of "
                        + TerminalText.of(rotated.token().name().value())),
                rotated.token().name(),
                rotated.secret(),
                new Moments(rotated.previousSecretUntil(), visit.now()),
                true,
                itself
                        ? "You rotated the token that you signed in with, so your session has ended. Sign in again with"
                                + " the new secret."
                        : "",
                origin(visit),
                rotated.token().attributes().routes()));
    }

    private static HttpResponse<?> page(SecretPage page) {
        return Html.page(output -> JtesecretGenerated.render(output, null, page));
    }

    /** Where this server is, as the reader's browser sees it. */
    private static String origin(Visit visit) {
        String host = visit.request().getHeaders().get("Host");
        return (Connections.isSecure(visit.request()) ? "https://" : "http://") + (host == null ? "localhost" : host);
    }

    String name() {
        return TerminalText.of(token.value());
    }

    String path() {
        return TokenPage.url(token);
    }

    String text() {
        return secret.reveal();
    }

    /** Whether this server accepts it: with routes, only a proxy can try it. */
    boolean opensApi() {
        return routes.isEmpty();
    }

    String curl() {
        return "curl -H \"Authorization: Bearer " + text() + "\" " + TerminalText.of(origin) + "/api/v1/whoami";
    }

    String environment() {
        return "INFLUXDB3_AUTH_TOKEN=" + text();
    }

    String nginx() {
        return "proxy_set_header Authorization \"Bearer " + text() + "\";";
    }
}
