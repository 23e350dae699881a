package io.latchkey.http.security;

import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.server.LogRateLimit;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.TrustedProxies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one log line for each request: request, caller and status. Never logs headers, query and body, which may
 * contain secrets. A path could contain a secret by mistake, so text that looks like one is masked.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final String START = AccessLog.class.getName();

    private AccessLog() {}

    /** Records the start time in a request. */
    static void begin(HttpRequest<?> request) {
        request.setAttribute(START, System.nanoTime());
    }

    /** Writes the line of an answered request, unless requests without a live token caused too many lines. */
    static void end(HttpRequest<?> request, HttpResponse<?> answer, TrustedProxies proxies, LogRateLimit limit) {
        if (!Caller.isKnown(request) && !limit.take(proxies.nearest(request))) {
            return;
        }
        long start = request.getAttribute(START, Long.class).orElseGet(System::nanoTime);
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("path", TokenSecret.masked(RequestPath.of(request)))
                .addKeyValue("status", answer.code())
                .addKeyValue("peer", proxies.client(request.getRemoteAddress(), request.getHeaders()::getAll))
                .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - start).toMillis());
        switch (Caller.of(request)) {
            case Caller.Authenticated caller ->
                line.addKeyValue("token_id", caller.token().id().value())
                        .addKeyValue("token_name", caller.token().name().value())
                        .log("answered");
            case Caller.Rejected reason ->
                line.addKeyValue("credential", reason.name().toLowerCase(Locale.ROOT))
                        .log("answered");
            case null ->
                (Caller.isOwner(request) ? line.addKeyValue("actor", Actor.Kind.OWNER.word()) : line).log("answered");
        }
    }
}
