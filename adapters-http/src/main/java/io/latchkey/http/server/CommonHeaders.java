package io.latchkey.http.server;

import io.latchkey.application.TokenAuthority;
import io.latchkey.http.wire.HttpDate;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The headers of every answer (contract 1.3 and A.2, rows 13 and 17). */
@Singleton
public final class CommonHeaders {
    private final String instanceId;
    private final HttpDate date;

    public CommonHeaders(TokenAuthority authority, InstantSource clock) {
        this.instanceId = authority.instanceId().toString();
        this.date = new HttpDate(clock);
    }

    public void add(MutableHttpResponse<?> answer) {
        addToPreflight(answer);
        answer.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Contract 1.2: what a preflight answers may be kept. */
    public void addToPreflight(MutableHttpResponse<?> answer) {
        answer.getHeaders()
                .set(HttpHeaders.DATE, date())
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set("cluster-uuid", instanceId);
    }

    /** The date of an answer. */
    public AsciiString date() {
        return date.now();
    }
}
