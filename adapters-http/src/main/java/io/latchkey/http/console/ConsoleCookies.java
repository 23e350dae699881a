package io.latchkey.http.console;

import io.latchkey.http.server.Connections;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cookies of the console: {@code HttpOnly} and {@code SameSite=Strict}; over TLS also {@code Secure}, with the prefix
 * {@code __Host-}, so that no other host or port of plain HTTP can set them. Their names end with the port, so that servers at
 * several ports of a host leave the sessions of each other alone.
 */
final class ConsoleCookies {
    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");

    private final Optional<String> publicHost;

    /** @param publicUrl the URL of a proxy that ends TLS; empty if unknown */
    ConsoleCookies(String publicUrl) {
        publicHost = publicUrl.startsWith("https://")
                ? Optional.ofNullable(URI.create(publicUrl).getRawAuthority())
                : Optional.empty();
    }

    /** A cookie of the console. */
    enum Name {
        /** The identity of a session. */
        SESSION("latchkey-console"),
        /** Ties the form for signing in to a browser. */
        SIGN_IN("latchkey-sign-in");

        private final String plain;

        Name(String plain) {
            this.plain = plain;
        }
    }

    /** The value of a cookie; empty if the browser sends none, or several of that name. */
    Optional<String> read(HttpRequest<?> request, Name name) {
        String begin = named(request, name) + "=";
        List<String> values = new ArrayList<>();
        for (String header : request.getHeaders().getAll(HttpHeaders.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(begin)) {
                    values.add(cookie.substring(begin.length()));
                }
            }
        }
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Sets a cookie that the browser forgets when it is closed. */
    void set(HttpRequest<?> request, MutableHttpResponse<?> answer, Name name, String value) {
        answer.header(HttpHeaders.SET_COOKIE, named(request, name) + "=" + value + attributes(request));
    }

    /** Removes a cookie. */
    void remove(HttpRequest<?> request, MutableHttpResponse<?> answer, Name name) {
        answer.header(HttpHeaders.SET_COOKIE, named(request, name) + "=; Max-Age=0" + attributes(request));
    }

    private String attributes(HttpRequest<?> request) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure(request) ? "; Secure" : "");
    }

    private String named(HttpRequest<?> request, Name name) {
        return (isSecure(request) ? "__Host-" : "") + name.plain + port(request);
    }

    /** The port that the browser asks, since cookies of all ports of a host are the same to it; empty for that of the scheme. */
    private static String port(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        Matcher port = PORT.matcher(host == null ? "" : host);
        return port.find() ? "-" + port.group(1) : "";
    }

    /** Whether the browser sent a request over TLS, to this server or to its proxy. */
    boolean isSecure(HttpRequest<?> request) {
        return Connections.isSecure(request)
                || publicHost
                        .filter(host ->
                                host.equalsIgnoreCase(request.getHeaders().get(HttpHeaders.HOST)))
                        .isPresent();
    }
}
