package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.wire.PercentEncoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends raw requests as a browser does, with the cookies that it was given. */
final class Browser {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final RunningServer server;
    private final String host;

    Browser(RunningServer server) {
        this(server, "localhost");
    }

    /** A browser that asks for another host. */
    Browser(RunningServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /** The same browser at another host, with the same cookies. */
    Browser at(String other) {
        Browser there = new Browser(server, other);
        there.cookies.putAll(cookies);
        return there;
    }

    /** A browser that is signed in. */
    static Browser signedIn(RunningServer server, String secret) {
        Browser browser = new Browser(server);
        Reply reply = browser.signIn(secret);
        if (reply.status() != 303) {
            throw new AssertionError(reply.text());
        }
        return browser;
    }

    /** A response. */
    record Reply(String text) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        List<String> headers(String name) {
            return text.substring(0, text.indexOf("\r\n\r\n"))
                    .lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        /** The token of the last form. */
        String formToken() {
            Matcher matcher = FORM_TOKEN.matcher(text);
            String found = "";
            while (matcher.find()) {
                found = matcher.group(1);
            }
            return found;
        }
    }

    Reply signIn(String secret) {
        return post(
                "/console/sign-in",
                Map.of("secret", secret, "form_token", get("/console/sign-in").formToken()));
    }

    Reply get(String path) {
        return send("GET", path, "Sec-Fetch-Site: same-origin\r\n", "");
    }

    Reply post(String path, Map<String, String> fields) {
        return post(path, "Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n", fields);
    }

    /** A form with other headers. */
    Reply post(String path, String headers, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + PercentEncoding.encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, headers + "Content-Type: application/x-www-form-urlencoded\r\n", form);
    }

    Reply send(String method, String path, String headers, String body) {
        String cookie = cookies.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                + (method.equals("POST") ? "Content-Length: " + body.getBytes(UTF_8).length + "\r\n" : "")
                + "\r\n" + body;
        Reply reply = new Reply(RawConnection.exchange(server.port(), request.getBytes(UTF_8)));
        for (String set : reply.headers("set-cookie")) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            if (set.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return reply;
    }
}
