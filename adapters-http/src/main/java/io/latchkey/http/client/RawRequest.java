package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.latchkey.application.remote.HostAndPort;
import java.net.URI;
import java.util.Locale;

/** An HTTP/1.1 request, built once and sent once. */
public final class RawRequest {
    private final String method;
    private final URI target;
    private final HostAndPort server;
    private final StringBuilder head = new StringBuilder(512);
    private byte[] body = {};

    /** A request without a body; fails with {@link IllegalArgumentException} if the URL has no host. */
    public RawRequest(String method, URI target) {
        this.method = method;
        this.target = target;
        this.server = HostAndPort.of(target).orElseThrow(() -> new IllegalArgumentException("no host"));
        String query = target.getRawQuery();
        head.append(method)
                .append(' ')
                .append(target.getRawPath().isEmpty() ? "/" : target.getRawPath())
                .append(query == null ? "" : "?" + query)
                .append(" HTTP/1.1\r\n");
        header("Host", server.toString());
        header("User-Agent", "latchkey");
        header("Connection", "close");
    }

    /** The name of the server. */
    String host() {
        return server.host();
    }

    int port() {
        if (server.port() >= 0) {
            return server.port();
        }
        return defaultPort(target);
    }

    /** The default port of the scheme of a URL. */
    static int defaultPort(URI address) {
        return isSecure(address) ? 443 : 80;
    }

    /** Whether the response has no body, even with a length. */
    boolean isForHead() {
        return method.equals("HEAD");
    }

    boolean isSecure() {
        return isSecure(target);
    }

    private static boolean isSecure(URI address) {
        return address.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    /** Adds a header; the caller ensures that it has no line breaks. */
    public RawRequest header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** Sets the body and its content type. */
    public RawRequest body(String type, byte[] content) {
        body = content;
        return header("Content-Type", type);
    }

    /** The complete request; may be called once. */
    byte[] bytes() {
        if (body.length > 0 || method.equals("POST")) {
            header("Content-Length", Integer.toString(body.length));
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] all = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        System.arraycopy(body, 0, all, bytes.length, body.length);
        return all;
    }
}
