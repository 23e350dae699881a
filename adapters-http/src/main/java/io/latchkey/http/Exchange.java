package io.latchkey.http;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Requests to one authority with one credential, and how each of them may fail. */
final class Exchange {
    private static final int MAX_PORT = 65_535;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI address;
    private final Optional<TokenSecret> secret;

    Exchange(HttpClient client, URI address, Optional<TokenSecret> secret) {
        this.client = client;
        this.address = address;
        this.secret = secret;
    }

    /** The same authority, asked with another credential. */
    Exchange as(TokenSecret other) {
        return new Exchange(client, address, Optional.of(other));
    }

    /** The answer to a request without a body. */
    HttpResponse<byte[]> send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /** The answer to a request under a precondition. */
    HttpResponse<byte[]> send(String method, String path, Precondition precondition) {
        return send(conditional(request(path), precondition).method(method, BodyPublishers.noBody()));
    }

    /** The answer to a JSON text under a precondition. */
    HttpResponse<byte[]> send(String method, String path, Precondition precondition, byte[] json) {
        return send(conditional(request(path), precondition)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(json)));
    }

    /** What cannot be told from an answer; names the authority and never quotes the answer. */
    AuthorityUnavailable unexpected(HttpResponse<byte[]> answer, String guess) {
        return new AuthorityUnavailable(shown() + " answered " + answer.statusCode() + ", " + guess);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target(path)).timeout(TIMEOUT);
        secret.ifPresent(presented -> request.header("Authorization", "Bearer " + inHeader(presented)));
        return request;
    }

    private static HttpRequest.Builder conditional(HttpRequest.Builder request, Precondition precondition) {
        return precondition.oneOf().isEmpty() ? request : request.header("If-Match", EntityTag.write(precondition));
    }

    /** A path before the API's own is kept (contract A.3, row 30). */
    private URI target(String path) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.getHost() == null
                || address.getPort() > MAX_PORT
                || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new AuthorityUnavailable(
                    "cannot reach " + shown() + ": expected an address like http://127.0.0.1:8181");
        }
        String prefix = address.getRawPath().replaceAll("/+$", "");
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

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AuthorityUnavailable("cannot reach " + shown() + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthorityUnavailable("cannot reach " + shown() + ": interrupted", e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection within 5 seconds";
            case HttpTimeoutException _ -> "no answer within 30 seconds";
            case UnknownHostException _ -> "unknown host";
            case ConnectException e when hasCause(e, UnresolvedAddressException.class) -> "unknown host";
            case ConnectException e when hasCause(e, UnknownHostException.class) -> "unknown host";
            case ConnectException _ -> "connection refused";
            case SSLException e -> TlsFailure.reason(e);
            default -> "the connection broke, or what answers does not speak HTTP";
        };
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The address without what may be a password. */
    private String shown() {
        String text = address.toString();
        String userInfo = address.getRawUserInfo();
        return userInfo == null ? text : text.replace(userInfo + "@", "");
    }
}
