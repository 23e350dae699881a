package io.latchkey.http.client;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.HttpUrl;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.WaitParameter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Sends requests to one authority with one credential.
 *
 * <p>Methods throw {@link AuthorityUnavailable} if there is no connection or no valid response.
 *
 * @param address URL of the server, which may have a path
 * @param headers additional headers
 * @param waiting how changes wait for the nodes
 */
record ApiClient(
        ServerTrustContext trusted,
        URI address,
        Optional<TokenSecret> secret,
        Map<String, String> headers,
        ChangeWait waiting,
        Timeouts timeouts) {
    ApiClient(ServerTrustContext trusted, URI address, Optional<TokenSecret> secret) {
        this(trusted, address, secret, Map.of(), ChangeWait.DEFAULT, Timeouts.DEFAULT);
    }

    /** A client for the same authority whose changes wait for the nodes in another way. */
    ApiClient waiting(ChangeWait other) {
        return new ApiClient(trusted, address, secret, headers, other, timeouts);
    }

    /** A client for the same authority with another credential. */
    ApiClient as(TokenSecret replacement) {
        return new ApiClient(trusted, address, Optional.of(replacement), headers, waiting, timeouts);
    }

    /** A client for the same authority with an additional header. */
    ApiClient with(String header, String value) {
        return new ApiClient(trusted, address, secret, Map.of(header, value), waiting, timeouts);
    }

    /** Sends a request without a body. */
    RawResponse send(String method, String path) {
        return send(request(method, path));
    }

    /** Sends a change. */
    RawResponse change(String method, String path) {
        return waited(send(method, WaitParameter.write(path, waiting.asked())));
    }

    /** Sends a change with a precondition. */
    RawResponse change(String method, String path, Precondition precondition) {
        return waited(send(conditional(request(method, WaitParameter.write(path, waiting.asked())), precondition)));
    }

    /** Sends a change as a JSON text, with a precondition. */
    RawResponse change(String method, String path, Precondition precondition, byte[] json) {
        return waited(send(conditional(request(method, WaitParameter.write(path, waiting.asked())), precondition)
                .body("application/json", json)));
    }

    private RawResponse waited(RawResponse answer) {
        WaitParameter.read(answer::header).ifPresent(waiting.told());
        return answer;
    }

    /** Sends a JSON text; the response is read as a stream and must be closed. */
    StreamedResponse open(String method, String path, byte[] json) {
        return open(request(method, path).body("application/json", json), timeouts.answer());
    }

    /** @param longest for the headers of the response */
    private StreamedResponse open(RawRequest request, Duration longest) {
        HttpConnection connection = connect(request);
        try {
            try {
                ResponseReader reader = connection.send(request, trusted, timeouts.answer());
                connection.restartTimeout(longest);
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
     * Requests a body that may be long and take long, and returns it as a stream.
     *
     * @param type the expected content type
     * @param otherwise makes the exception for any other response
     */
    StoreBackup download(String path, String type, Function<RawResponse, RuntimeException> otherwise) {
        StreamedResponse reply = open(request("GET", path), timeouts.backup());
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
        return switch (e) {
            case SocketTimeoutException _ ->
                new AuthorityUnavailable(
                        displayed() + " stopped sending: nothing came for "
                                + timeouts.answer().toSeconds()
                                + " seconds, and the response is incomplete; check the load of the server",
                        e);
            default ->
                new AuthorityUnavailable(
                        "the connection to " + displayed() + " broke before the response was complete", e);
        };
    }

    /** The failure for an unexpected response; names the server and does not quote the response. */
    AuthorityUnavailable unexpected(RawResponse answer, String guess) {
        return new AuthorityUnavailable(displayed() + " answered " + answer.status() + ": " + guess);
    }

    /** The failure for an unexpected error response; quotes it only if authentication is off, with InfluxDB's text. */
    AuthorityUnavailable unexpected(RemoteProblem answer) {
        return answer.isWithoutAuth()
                ? new AuthorityUnavailable(answer.quoted().getMessage() + " (" + displayed() + ")")
                : unexpected(answer.answer(), answer.guess());
    }

    private RawRequest request(String method, String path) {
        RawRequest request = new RawRequest(method, target(path));
        headers.forEach(request::header);
        secret.ifPresent(presented -> request.header("Authorization", "Bearer " + headerValue(presented)));
        return request;
    }

    private static RawRequest conditional(RawRequest request, Precondition precondition) {
        return precondition.oneOf().isEmpty() ? request : request.header("If-Match", EntityTag.write(precondition));
    }

    /** The URL of an endpoint; a path in the address of the server is kept (contract A.3, row 30). */
    private URI target(String path) {
        if (HttpUrl.server(address).filter(HostAndPort::hasValidPort).isEmpty()) {
            throw new AuthorityUnavailable(
                    "cannot reach " + displayed() + ": expected an address like http://127.0.0.1:8181");
        }
        String prefix = address.getRawPath().replaceAll("/+$", "");
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        return URI.create(scheme + "://" + address.getRawAuthority() + prefix + path);
    }

    /** The text of a secret; fails if a header cannot contain it, because no server would accept it. */
    private static String headerValue(TokenSecret secret) {
        String text = secret.reveal();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new TokenFailure.Unauthenticated();
        }
        return text;
    }

    private RawResponse send(RawRequest request) {
        try (HttpConnection connection = connect(request)) {
            return connection.ask(request, trusted, timeouts.answer());
        } catch (IOException e) {
            throw unanswered(request, e, timeouts.answer());
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
        return new AuthorityUnavailable("cannot reach " + displayed() + ": " + reason, cause);
    }

    /** The address without user and password, for messages. */
    private String displayed() {
        String text = address.toString();
        String userInfo = address.getRawUserInfo();
        return userInfo == null ? text : text.replace(userInfo + "@", "");
    }
}
