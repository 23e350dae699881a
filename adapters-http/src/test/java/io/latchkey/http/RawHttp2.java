package io.latchkey.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.latchkey.application.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection that sends headers which no library would send. */
public final class RawHttp2 implements AutoCloseable {
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM_AND_HEADERS = 5;

    private final SSLSocket socket;
    private final DataInputStream in;
    private int stream = -1;

    public RawHttp2(SSLContext tls, int port) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    private void frame(int type, int flags, int number, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(number)
                .put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** The result of a request with these fields, names and values alternating: a status, or how the stream ended. */
    public String ask(String... fields) throws IOException {
        stream += 2;
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        frame(HEADERS, END_STREAM_AND_HEADERS, stream, block.toByteArray());
        while (true) {
            int first = in.readInt();
            int flags = in.readUnsignedByte();
            int number = in.readInt();
            byte[] payload = in.readNBytes(first >>> 8);
            switch (first & 0xff) {
                case HEADERS -> {
                    if (number == stream) {
                        return status(payload);
                    }
                }
                case RESET -> {
                    if (number == stream) {
                        return "reset " + ByteBuffer.wrap(payload).getInt();
                    }
                }
                case GOAWAY -> {
                    return "goaway " + ByteBuffer.wrap(payload).getInt(4);
                }
                case SETTINGS -> {
                    if (flags == 0) {
                        frame(SETTINGS, 1, 0, new byte[0]);
                    }
                }
                default -> {}
            }
        }
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        if (bytes.length >= 127) {
            throw new IllegalArgumentException("too long for one byte: " + text);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    /** The first field of a response, from the static table of HPACK or a literal. */
    private static String status(byte[] block) {
        return switch (block[0] & 0xff) {
            case 0x88 -> "200";
            case 0x89 -> "204";
            case 0x8c -> "400";
            case 0x8d -> "404";
            case 0x8e -> "500";
            default -> "answered";
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
