package io.latchkey.http.client;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.HttpUrl;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.wire.EntityTag;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** Requests to one authority with one credential, and how each of them may fail. */
record ApiClient(ServerTrustContext trusted, URI address, Optional<TokenSecret> secret, Map<String, String> headers) {
    private static final Duration LONG = Duration.ofMinutes(10);

    ApiClient(ServerTrustContext trusted, URI address, Optional<TokenSecret> secret) {
        this(trusted, address, secret, Map.of());
    }

    /** The same authority, asked with another credential. */
    ApiClient as(TokenSecret other) {
        return new ApiClient(trusted, address, Optional.of(other), headers);
    }

    /** The same authority, asked with a header more. */
    ApiClient with(String header, String value) {
        return new ApiClient(trusted, address, secret, Map.of(header, value));
    }

    /** The answer to a request without a body. */
    RawResponse send(String method, String path) {
        return send(request(method, path));
    }

    /** The answer to a request under a precondition. */
    RawResponse send(String method, String path, Precondition precondition) {
        return send(conditional(request(method, path), precondition));
    }

    /** The answer to a JSON text under a precondition. */
    RawResponse send(String method, String path, Precondition precondition, byte[] json) {
        return send(conditional(request(method, path), precondition).body("application/json", json));
    }

    /** The answer to a JSON text as it comes; to be closed. */
    StreamedResponse open(String method, String path, byte[] json) {
        return open(request(method, path).body("application/json", json), LONG);
    }

    private StreamedResponse open(RawRequest request, Duration longest) {
        HttpConnection connection = connect(request);
        try {
            try {
                ResponseReader reader = connection.send(request, trusted, longest);
                return new StreamedResponse(reader, reader.head(), connection, this::brokenOff);
            } catch (IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw unanswered(request, e, longest);
        }
    }

    /**
     * The body of the answer to a question, as it comes: for one that may be long, and take long.
     *
     * @param type of what is asked for
     * @param otherwise what is thrown if the answer is something else
     */
    StoreBackup download(String path, String type, Function<RawResponse, RuntimeException> otherwise) {
        StreamedResponse reply = open(request("GET", path), LONG);
        RawResponse head = reply.head();
        if (head.status() == 200
                && head.header("Content-Type").equals(Optional.of(type))
                && reply.received().length().isPresent()) {
            long length = reply.received().length().getAsLong();
            return ResponseStream.of(length, reply.reader().in(), reply.connection(), this::brokenOff);
        }
        throw otherwise.apply(reply.read());
    }

    private AuthorityUnavailable brokenOff(IOException e) {
        return new AuthorityUnavailable("the connection to " + shown() + " broke before the response was complete", e);
    }

    /** What cannot be told from an answer; names the authority and never quotes the answer. */
    AuthorityUnavailable unexpected(RawResponse answer, String guess) {
        return new AuthorityUnavailable(shown() + " answered " + answer.status() + ": " + guess);
    }

    /** The same of an answer to a request about tokens; the one that says why in InfluxDB's words is quoted. */
    AuthorityUnavailable unexpected(RemoteProblem answer) {
        return answer.isWithoutAuth()
                ? new AuthorityUnavailable(answer.quoted().getMessage() + " (" + shown() + ")")
                : unexpected(answer.answer(), answer.guess());
    }

    private RawRequest request(String method, String path) {
        RawRequest request = new RawRequest(method, target(path));
        headers.forEach(request::header);
        secret.ifPresent(presented -> request.header("Authorization", "Bearer " + inHeader(presented)));
        return request;
    }

    private static RawRequest conditional(RawRequest request, Precondition precondition) {
        return precondition.oneOf().isEmpty() ? request : request.header("If-Match", EntityTag.write(precondition));
    }

    /** A path before the API's own is kept (contract A.3, row 30). */
    private URI target(String path) {
        if (HttpUrl.server(address).filter(HostAndPort::hasValidPort).isEmpty()) {
            throw new AuthorityUnavailable(
                    "cannot reach " + shown() + ": expected an address like http://127.0.0.1:8181");
        }
        String prefix = address.getRawPath().replaceAll("/+$", "");
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        return URI.create(scheme + "://" + address.getRawAuthority() + prefix + path);
    }

    /** A secret that no header can carry is nobody's: every server would call it malformed. */
    private static String inHeader(TokenSecret secret) {
        String text = secret.reveal();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new TokenFailure.Unauthenticated();
        }
        return text;
    }

    private RawResponse send(RawRequest request) {
        try (HttpConnection connection = connect(request)) {
            return connection.ask(request, trusted);
        } catch (IOException e) {
            throw unanswered(request, e, HttpConnection.TIMEOUT);
        }
    }

    private AuthorityUnavailable unanswered(RawRequest request, IOException e, Duration timeout) {
        return unreachable(
                switch (e) {
                    case SocketTimeoutException _ ->
                        "no answer within " + timeout.toSeconds()
                                + " seconds; check the port and the load of the server";
                    case SSLException failure -> TlsFailure.reason(failure);
                    case IOException _
                    when !request.isSecure() && HttpConnection.speaksTls(request) ->
                        "the server expects TLS; check whether the address begins with https://";
                    case ResponseReader.NotHttp _ -> "the response is not HTTP; check the port";
                    default ->
                        "the connection was closed before the response was complete; check the port, and see the log of"
                                + " the server and of any proxy in between";
                },
                e);
    }

    private HttpConnection connect(RawRequest request) {
        try {
            return HttpConnection.open(request);
        } catch (IOException e) {
            throw unreachable(ConnectFailure.reason(address, e), e);
        }
    }

    private AuthorityUnavailable unreachable(String reason, IOException cause) {
        return new AuthorityUnavailable("cannot reach " + shown() + ": " + reason, cause);
    }

    /** The address without what may be a password. */
    private String shown() {
        String text = address.toString();
        String userInfo = address.getRawUserInfo();
        return userInfo == null ? text : text.replace(userInfo + "@", "");
    }
}
