package io.latchkey.http.client;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.JsonException;
import java.util.function.Function;

/** Reads responses of a remote authority, and throws its error responses as failures. */
record ReplyReader(ApiClient client) {
    /** The message for a successful response that is not one of a token authority. */
    static final String NOT_AN_AUTHORITY = "the response is not that of a token authority; check the address";

    /**
     * Reads the response to a request about a token.
     *
     * @throws TokenFailure if the server refused the request
     */
    <T> T read(RawResponse answer, TokenName name, Function<byte[], T> reader) {
        return read(new RemoteProblem(answer, name, name), reader);
    }

    /**
     * Reads a response.
     *
     * @throws TokenFailure if the server refused the request
     */
    <T> T read(RemoteProblem answer, Function<byte[], T> reader) {
        if (answer.isSuccess()) {
            try {
                return reader.apply(answer.answer().body());
            } catch (JsonException | TokenFailure e) {
                throw client.unexpected(answer.answer(), NOT_AN_AUTHORITY);
            }
        }
        throw refusal(answer);
    }

    /** The failure for an error response. */
    RuntimeException refusal(RemoteProblem answer) {
        return answer.quotedFailure()
                .<RuntimeException>map(failure -> failure)
                .orElseGet(() -> client.unexpected(answer));
    }
}
