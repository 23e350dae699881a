package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.remote.ServerAnswer;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.QueryRequest;
import io.latchkey.http.wire.TableMediaTypes;
import java.util.Optional;

/** The response of a remote authority, or of InfluxDB 3, to an SQL query. */
record QueryResponse(RawResponse answer, SystemQuery query, TableFormat format) {
    private static final int LONGEST_SENTENCE = 500;

    /**
     * Sends a query and returns the result as a stream; throws the failure if the response is not a table in the
     * format.
     */
    static TableText ask(ApiClient exchange, SystemQuery query, TableFormat format) {
        StreamedResponse reply = exchange.open("POST", Paths.QUERY_SQL, QueryRequest.write(query, format));
        String expected = TableMediaTypes.type(format).replaceFirst(";.*", "");
        RawResponse head = reply.head();
        if (head.status() == 200 && head.header("Content-Type").orElse("").startsWith(expected)) {
            return new QueryResponseText(reply);
        }
        QueryResponse refusal = new QueryResponse(reply.read(), query, format);
        Optional<TokenFailure> failure = refusal.failure();
        failure.ifPresent(meant -> meant.initCause(refusal.quoted()));
        throw failure.<RuntimeException>map(meant -> meant)
                .orElseGet(() -> exchange.unexpected(refusal.answer, refusal.guess()));
    }

    /** The failure; empty if the response is not an error of an SQL endpoint. */
    Optional<TokenFailure> failure() {
        return switch (answer.status()) {
            // InfluxDB 3 responds 405 to SQL that it has not implemented.
            case 400, 405 -> isText() ? Optional.of(new TokenFailure.BadQuery(sentence())) : Optional.empty();
            case 404 ->
                text().contains("database not found")
                        ? Optional.of(new TokenFailure.NoSuchDatabase(query.database()))
                        : Optional.empty();
            default -> new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR).failure();
        };
    }

    private ServerAnswer quoted() {
        return new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR).quoted();
    }

    String guess() {
        return answer.status() / 100 == 2
                ? "the response is not that of an SQL endpoint; check the address"
                : new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR).guess();
    }

    /** Whether the body is neither HTML nor JSON. */
    private boolean isText() {
        String text = text();
        return (contentType().isEmpty() || contentType().startsWith("text/plain"))
                && !text.isBlank()
                && !text.startsWith("{")
                && !text.startsWith("<");
    }

    /** The body on one line, shortened, because InfluxDB's planner writes paragraphs. */
    private String sentence() {
        String line = text().replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "…" : line;
    }

    private String contentType() {
        return answer.header("Content-Type").orElse("");
    }

    private String text() {
        return new String(answer.body(), UTF_8);
    }
}
