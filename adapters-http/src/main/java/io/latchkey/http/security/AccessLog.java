package io.latchkey.http.security;

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
 * One line for each request: what was asked, by whom, and how it ended. Never a header, a query or a body, where secrets
 * are; a path could hold one by mistake, so what looks like one is hidden.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final String BEGUN = AccessLog.class.getName();

    private AccessLog() {}

    /** Notes on a request when it came. */
    static void begin(HttpRequest<?> request) {
        request.setAttribute(BEGUN, System.nanoTime());
    }

    /** Writes the line of a request that is now answered, unless strangers have caused too many. */
    static void end(HttpRequest<?> request, HttpResponse<?> answer, TrustedProxies proxies, LogRateLimit strangers) {
        if (!(Caller.of(request) instanceof Caller.Authenticated) && !strangers.take(proxies.address(request))) {
            return;
        }
        long begun = request.getAttribute(BEGUN, Long.class).orElseGet(System::nanoTime);
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("path", TokenSecret.masked(RequestPath.of(request)))
                .addKeyValue("status", answer.code())
                .addKeyValue("peer", proxies.client(request.getRemoteAddress(), request.getHeaders()::getAll))
                .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - begun).toMillis());
        switch (Caller.of(request)) {
            case Caller.Authenticated known ->
                line.addKeyValue("token_id", known.token().id().value())
                        .addKeyValue("token_name", known.token().name().value())
                        .log("answered");
            case Caller.Rejected reason ->
                line.addKeyValue("credential", reason.name().toLowerCase(Locale.ROOT))
                        .log("answered");
            case null -> line.log("answered");
        }
    }
}
