package io.latchkey.http.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a server answered to our client. */
public final class RawResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** An answer; headers are by their names in lower case, the first of each. */
    RawResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** A header, by its name in any case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body itself, not a copy. */
    byte[] body() {
        return body;
    }
}
