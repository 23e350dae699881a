package io.latchkey.http.server;

import io.latchkey.application.TokenAuthority;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The headers of every response (contract 1.3 and A.2, rows 13 and 17). */
@Singleton
public final class CommonHeaders {
    private static final String NO_STORE = "no-store";
    private static final String INSTANCE = "cluster-uuid";

    private final String instanceId;
    private final CurrentDate date;

    public CommonHeaders(TokenAuthority authority, InstantSource clock) {
        this.instanceId = authority.instanceId().toString();
        this.date = new CurrentDate(clock);
    }

    /** Adds the headers to a response. */
    public void add(MutableHttpResponse<?> answer) {
        addToPreflight(answer);
        answer.getHeaders().set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /** Adds the headers to the response to a preflight request, which may be cached (contract 1.2). */
    public void addToPreflight(MutableHttpResponse<?> answer) {
        answer.getHeaders()
                .set(HttpHeaders.DATE, date())
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(INSTANCE, instanceId);
    }

    /**
     * Adds the headers of a page of the console instead: its policy, and none of the API's that let other origins read
     * it. Only responses that say otherwise are stored.
     */
    public void addToPage(MutableHttpResponse<?> answer) {
        MutableHttpHeaders headers = answer.getHeaders();
        headers.remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        headers.remove(INSTANCE);
        headers.set(HttpHeaders.DATE, date());
        PagePolicy.addTo(headers);
        if (!answer.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
    }

    /** Adds the headers to the response to a request whose path is not known: those of all, and the policy of pages. */
    void addToUnknown(MutableHttpResponse<?> answer) {
        add(answer);
        PagePolicy.addTo(answer.getHeaders());
    }

    /** The value of the {@code Date} header. */
    public AsciiString date() {
        return date.now();
    }
}
