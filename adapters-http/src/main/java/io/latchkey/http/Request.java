package io.latchkey.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Locale;

/** A request of HTTP/1.1 on its way: what a server at an address is asked, once. */
final class Request {
    private final String method;
    private final URI target;
    private final StringBuilder head = new StringBuilder(512);
    private byte[] body = {};

    Request(String method, URI target) {
        this.method = method;
        this.target = target;
        String query = target.getRawQuery();
        head.append(method)
                .append(' ')
                .append(target.getRawPath().isEmpty() ? "/" : target.getRawPath())
                .append(query == null ? "" : "?" + query)
                .append(" HTTP/1.1\r\n");
        header("Host", target.getPort() < 0 ? target.getHost() : target.getHost() + ":" + target.getPort());
        header("User-Agent", "latchkey");
        header("Connection", "close");
    }

    /** The name of the server. */
    String host() {
        return target.getHost();
    }

    int port() {
        if (target.getPort() >= 0) {
            return target.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    /** Whether the answer has no body, whatever it says. */
    boolean isForHead() {
        return method.equals("HEAD");
    }

    boolean isSecure() {
        return target.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    /** Adds a header, of which the caller knows that it holds no line feed. */
    Request header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    Request body(String type, byte[] content) {
        body = content;
        return header("Content-Type", type);
    }

    void writeTo(OutputStream out) throws IOException {
        if (body.length > 0 || method.equals("POST")) {
            header("Content-Length", Integer.toString(body.length));
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] all = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        System.arraycopy(body, 0, all, bytes.length, body.length);
        out.write(all);
        out.flush();
    }
}
