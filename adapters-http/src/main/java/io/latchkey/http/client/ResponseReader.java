package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads an HTTP/1.1 response (RFC 9112) from a connection that is used only once.
 *
 * <p>Throws {@link IOException} if the response is invalid or ends too early.
 */
public record ResponseReader(InputStream in) {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 1 << 30;

    /** Reads the complete response. */
    RawResponse read() throws IOException {
        return read(head());
    }

    /** Reads the body after the headers. */
    RawResponse read(Head head) throws IOException {
        return new RawResponse(head.status(), head.headers(), body(head.status(), head.headers()));
    }

    /** The input is not an HTTP/1.1 response. */
    @SuppressWarnings("serial") // never serialized
    static final class NotHttp extends IOException {
        private NotHttp() {
            super("not HTTP");
        }
    }

    /** Status and headers; the first value of each header, by its name in lower case. */
    public record Head(int status, Map<String, String> headers) {
        /** A response without a body. */
        public RawResponse alone() {
            return new RawResponse(status, headers, new byte[0]);
        }

        /** The declared length of the body; empty if there is none. */
        OptionalLong length() {
            String length = headers.getOrDefault("content-length", "");
            return headers.containsKey("transfer-encoding") || !length.matches("[0-9]{1,18}")
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(length));
        }
    }

    /** Reads status and headers; skips informational responses. */
    public Head head() throws IOException {
        int status;
        Map<String, String> headers;
        do {
            status = status(line(LONGEST_HEAD));
            headers = headers();
        } while (status / 100 == 1 && status != 101);
        return new Head(status, headers);
    }

    private static int status(String line) throws IOException {
        boolean http = line.length() >= 12
                && line.startsWith("HTTP/1.")
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = http ? number(line.substring(9, 12), 10) : 0;
        if (status < 100) {
            throw new NotHttp();
        }
        return status;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int left = LONGEST_HEAD;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header without a name");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            left -= line.length();
        }
        return headers;
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status / 100 == 1 || status == 204 || status == 304) {
            return new byte[0];
        }
        String coding = headers.get("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new IOException("unsupported transfer coding");
            }
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? in.readNBytes(LONGEST_BODY) : exactly(number(length, 10));
    }

    private byte[] chunks() throws IOException {
        byte[] body = new ChunkedBody(this).readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new IOException("too long");
        }
        return body;
    }

    /** Reads the length of the next chunk; 0 after the last one, and then the trailers are read, too. */
    int beginChunk() throws IOException {
        String size = line(LONGEST_HEAD);
        int extension = size.indexOf(';');
        int length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
        if (length == 0) {
            headers(); // trailers
        }
        return length;
    }

    /** Reads the line break after a chunk. */
    void endChunk() throws IOException {
        if (!line(0).isEmpty()) {
            throw new IOException("a chunk is longer than declared");
        }
    }

    /** The body as a stream of any length, which fails if the body ends too early. */
    InputStream body(Head head) throws IOException {
        return switch (head.headers().getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT)) {
            case "chunked" -> new ChunkedBody(this);
            case "" -> {
                OptionalLong length = head.length();
                yield length.isPresent() ? new Measured(in, length.getAsLong()) : in;
            }
            default -> throw new IOException("unsupported transfer coding");
        };
    }

    private static final class Measured extends FilterInputStream {
        private long left;

        Measured(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] buffer = new byte[1];
            return read(buffer, 0, 1) < 0 ? -1 : buffer[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException();
            }
            left -= count;
            return count;
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Parses a number without a sign. */
    private static int number(String text, int radix) throws IOException {
        if (text.isEmpty() || Character.digit(text.charAt(0), radix) < 0) {
            throw new IOException("not a number");
        }
        try {
            int number = Integer.parseInt(text, radix);
            if (number <= LONGEST_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a number", e);
        }
        throw new IOException("too long");
    }

    /** The next line, without its line break. */
    private String line(int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
            if (line.size() > longest + 1) {
                throw new IOException("too long");
            }
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
