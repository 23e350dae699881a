package io.latchkey.http.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A complete HTTP response. */
public final class RawResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers the first value of each header, by its name in lower case */
    RawResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The first value of a header; the name may have any case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body, not copied. */
    byte[] body() {
        return body;
    }
}
