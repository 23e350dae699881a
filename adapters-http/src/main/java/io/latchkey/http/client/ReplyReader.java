package io.latchkey.http.client;

import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.JsonException;
import java.util.function.Function;

/** Reads the answers of a remote authority, and turns its refusals into failures. */
record ReplyReader(ApiClient client) {
    /** Said of an answer with a status of success that is none of a token authority's. */
    static final String NOT_AN_AUTHORITY = "the response is not that of a token authority; check the address";

    /**
     * Reads an answer to a request about a token.
     *
     * @throws TokenFailure if the server refused the request
     */
    <T> T read(RawResponse answer, TokenName name, Function<byte[], T> reader) {
        return read(new RemoteProblem(answer, name, name), reader);
    }

    /**
     * Reads an answer.
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

    /** The failure that a refusal stands for. */
    RuntimeException refusal(RemoteProblem answer) {
        return answer.quotedFailure()
                .<RuntimeException>map(failure -> failure)
                .orElseGet(() -> client.unexpected(answer));
    }
}
