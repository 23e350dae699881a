package io.latchkey.http;

import io.latchkey.domain.TokenSecret;
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
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final String BEGUN = RequestLog.class.getName();

    private RequestLog() {}

    /** Notes on a request when it came. */
    static void begin(HttpRequest<?> request) {
        request.setAttribute(BEGUN, System.nanoTime());
    }

    /** Writes the line of a request that is now answered, unless strangers have caused too many. */
    static void end(HttpRequest<?> request, HttpResponse<?> answer, TrustedProxies proxies, StrangersLines strangers) {
        if (!(Caller.noted(request) instanceof Caller.Known) && !strangers.take(proxies.address(request))) {
            return;
        }
        long begun = request.getAttribute(BEGUN, Long.class).orElseGet(System::nanoTime);
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("path", TokenSecret.masked(RequestPath.of(request)))
                .addKeyValue("status", answer.code())
                .addKeyValue("peer", proxies.client(request.getRemoteAddress(), request.getHeaders()::getAll))
                .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - begun).toMillis());
        switch (Caller.noted(request)) {
            case Caller.Known known ->
                line.addKeyValue("token_id", known.token().id().value())
                        .addKeyValue("token_name", known.token().name().value())
                        .log("answered");
            case Caller.Unknown reason ->
                line.addKeyValue("credential", reason.name().toLowerCase(Locale.ROOT))
                        .log("answered");
            case null -> line.log("answered");
        }
    }
}
