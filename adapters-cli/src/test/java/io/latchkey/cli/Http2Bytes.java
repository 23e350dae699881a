package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What a client of HTTP/2 sends on one connection, made beforehand, so that nothing holds it back (RFC 9113); a character is a byte. */
final class Http2Bytes {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] CANCEL = {0, 0, 0, 8};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Http2Bytes() {
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Streams with a body that never ends. */
    static String unfinished(int streams, int length) {
        var all = new Http2Bytes();
        for (int i = 0; i < streams; i++) {
            all.frame(HEADERS, END_HEADERS, 2 * i + 1, head("POST", "/oauth2/introspect"));
            all.frame(DATA, 0, 2 * i + 1, "x".repeat(length).getBytes(ISO_8859_1));
        }
        return all.bytes.toString(ISO_8859_1);
    }

    /** Requests that are given up as soon as they are sent. */
    static String givenUp(int streams) {
        var all = new Http2Bytes();
        for (int i = 0; i < streams; i++) {
            all.frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head("GET", "/api/v1/tokens"));
            all.frame(RESET, 0, 2 * i + 1, CANCEL);
        }
        return all.bytes.toString(ISO_8859_1);
    }

    private static byte[] head(String method, String path) {
        var block = new ByteArrayOutputStream();
        field(block, ":method", method);
        field(block, ":scheme", "https");
        field(block, ":path", path);
        field(block, ":authority", "x");
        field(block, "content-type", "application/x-www-form-urlencoded");
        return block.toByteArray();
    }

    /** A literal that enters no table (RFC 7541, 6.2.2). */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        bytes.writeBytes(ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }
}
