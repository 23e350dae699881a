package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections of one stranger to a server on this machine, each of which sends the same again and again until it is
 * told to stop. Nothing but the JDK, so that a benchmark can run it as a program of its own.
 */
final class Flood implements AutoCloseable {
    private static final int BIG = 10_000_000;

    private final AtomicBoolean over = new AtomicBoolean();
    private final LongAdder connected = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();

    /** What is sent, on how many connections at once. */
    enum Kind {
        /** Requirements of nothing but commas, asked without a credential. */
        COMMAS(320, head("GET /api/v1/verify?name=" + ",".repeat(16_000), "")),
        /** The same with stars. */
        STARS(320, head("GET /api/v1/verify?name=" + "*".repeat(16_000), "")),
        /** Long forms to where tokens are introspected. */
        INTROSPECTIONS(40, body("POST /oauth2/introspect", "a=b&".repeat(BIG / 4), 0)),
        /** Long forms of which no parameter is like another. */
        PARAMETERS(40, body("POST /oauth2/introspect", parameters(), 0)),
        /** Long forms to where tokens are revoked. */
        REVOCATIONS(40, body("POST /oauth2/revoke", "a".repeat(BIG), 0)),
        /** Long JSON arrays to where the operator token is created. */
        ARRAYS(40, body("POST /api/v3/configure/token/admin", "[" + "1,".repeat(BIG / 2 - 1) + "1]", 0)),
        /** Bodies that never end, where a body may come from anybody. */
        UNFINISHED_BODIES(340, body("POST /oauth2/introspect", "x".repeat(9_000_000), 1_000_000)),
        /** Small bodies that never end. */
        UNFINISHED_FORMS(1_000, body("POST /oauth2/introspect", "token=x", 1_000)),
        /** One byte a chunk. */
        CHUNKS(100, head("POST /oauth2/introspect", "Transfer-Encoding: chunked\r\n") + "1\r\nx\r\n".repeat(200_000)),
        /** Heads of many fields that never end. */
        UNFINISHED_HEADS(1_000, cut(head("GET /api/v1/verify", "a:b\r\n".repeat(6_400)), 2)),
        /** Many requests at once on each connection, whose answers nobody reads. */
        PIPELINED(100, "GET /x HTTP/1.1\r\nHost:x\r\n\r\n".repeat(40_000)),
        /** Connections on which nothing is sent. */
        SILENT(3_000, "");

        private final int connections;
        private final String text;

        Kind(int connections, String text) {
            this.connections = connections;
            this.text = text;
        }

        private static String head(String line, String headers) {
            return line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
        }

        private static String body(String line, String body, int missing) {
            String length = "Content-Length: " + (body.length() + missing) + "\r\n";
            return head(line, "Content-Type: application/x-www-form-urlencoded\r\n" + length) + body;
        }

        private static String cut(String text, int behind) {
            return text.substring(0, text.length() - behind);
        }

        private static String parameters() {
            var text = new StringBuilder();
            for (int i = 0; text.length() < BIG; i++) {
                text.append(i).append("=1&");
            }
            return text.toString();
        }
    }

    /** Begins at once. */
    Flood(int port, Kind kind) {
        byte[] bytes = kind.text.getBytes(US_ASCII);
        for (int i = 0; i < kind.connections; i++) {
            Thread.ofVirtual().name("flood").start(() -> flow(port, bytes));
        }
    }

    private void flow(int port, byte[] bytes) {
        while (!over.get()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                connected.increment();
                socket.setSoTimeout(1_000);
                Thread.ofVirtual().name("flood-answers").start(() -> read(socket));
                OutputStream out = socket.getOutputStream();
                do {
                    out.write(bytes);
                    sent.increment();
                    pause();
                } while (!over.get() && !socket.isClosed());
            } catch (IOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(100_000_000);
    }

    private void read(Socket socket) {
        byte[] buffer = new byte[512];
        try (socket) {
            InputStream in = socket.getInputStream();
            while (!over.get()) {
                try {
                    if (in.read(buffer) < 0) {
                        return;
                    }
                    answered.increment();
                } catch (SocketTimeoutException e) {
                    answered.add(0); // nothing was to be expected
                }
            }
        } catch (IOException e) {
            return; // closed, which was to be expected
        }
    }

    /** Whether the server has heard or taken something of it. */
    boolean isFelt() {
        return sent.sum() > 0 || answered.sum() > 0 || connected.sum() > 0;
    }

    @Override
    public void close() {
        over.set(true);
    }

    /** {@code PORT SECRET KIND SECONDS}: says how a good token fared meanwhile. */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        Kind kind = Kind.valueOf(args[2]);
        long nanos = Long.parseLong(args[3]) * 1_000_000_000L;
        try (var probe = new Probe(port, args[1])) {
            var _ = probe.ask(2_000_000_000L);
            try (var flood = new Flood(port, kind)) {
                Probe.Fare fare = probe.ask(nanos);
                System.out.println(
                        kind + " " + fare + " sent=" + flood.sent.sum() + " answered=" + flood.answered.sum());
            }
        }
        System.exit(0); // who sends more than anybody reads hears of no end
    }
}
