package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of HTTP/1.1 as it is on the wire: nothing is added, dropped, folded or put in order.
 *
 * @param body each byte as a character
 */
record RawHttp(String start, List<String> headers, String body) {
    /** The next message, or an empty one at the end of the stream. */
    static RawHttp read(InputStream in, boolean bodyless) throws IOException {
        String start = line(in);
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        RawHttp head = new RawHttp(start, headers, "");
        return bodyless ? head : new RawHttp(start, headers, head.body(in));
    }

    private String body(InputStream in) throws IOException {
        if (value("Transfer-Encoding").equals("chunked")) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            int length;
            do {
                length = Integer.parseInt(line(in), 16);
                whole.writeBytes(in.readNBytes(length));
                line(in);
            } while (length > 0);
            return whole.toString(ISO_8859_1);
        }
        String length = value("Content-Length");
        return length.isEmpty() ? "" : new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** The value of a header, or nothing. */
    String value(String name) {
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(header -> header.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** The status, of an answer. */
    int status() {
        return start.isEmpty() ? -1 : Integer.parseInt(start.split(" ", 3)[1]);
    }
}
