package io.latchkey.http.server;

import io.latchkey.application.TokenAuthority;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The headers of every response (contract 1.3 and A.2, rows 13 and 17). */
@Singleton
public final class CommonHeaders {
    private final String instanceId;
    private final CurrentDate date;

    public CommonHeaders(TokenAuthority authority, InstantSource clock) {
        this.instanceId = authority.instanceId().toString();
        this.date = new CurrentDate(clock);
    }

    /** Adds the headers to a response. */
    public void add(MutableHttpResponse<?> answer) {
        addToPreflight(answer);
        answer.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Adds the headers to the response to a preflight request, which may be cached (contract 1.2). */
    public void addToPreflight(MutableHttpResponse<?> answer) {
        answer.getHeaders()
                .set(HttpHeaders.DATE, date())
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set("cluster-uuid", instanceId);
    }

    /** The value of the {@code Date} header. */
    public AsciiString date() {
        return date.now();
    }
}
