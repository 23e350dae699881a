package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        SILENT(3_000, ""),
        /** Streams with bodies that never end, a thousand on each connection of HTTP/2. */
        UNFINISHED_STREAMS(Transport.HTTP2, 40, Http2Bytes.unfinished(1_000, 60)),
        /** Requests of HTTP/2 that are given up as soon as they are sent. */
        GIVEN_UP_STREAMS(Transport.HTTP2, 40, Http2Bytes.givenUp(20_000));

        private final Transport transport;
        private final int connections;
        private final String text;

        Kind(int connections, String text) {
            this(Transport.PLAIN, connections, text);
        }

        Kind(Transport transport, int connections, String text) {
            this.transport = transport;
            this.connections = connections;
            this.text = text;
        }

        /** How somebody else asks the server that is flooded. */
        Transport other() {
            return transport == Transport.PLAIN ? Transport.PLAIN : Transport.TLS;
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
        byte[] bytes = kind.text.getBytes(ISO_8859_1);
        for (int i = 0; i < kind.connections; i++) {
            Thread.ofVirtual().name("flood").start(() -> flow(port, kind, bytes));
        }
    }

    private void flow(int port, Kind kind, byte[] bytes) {
        while (!over.get()) {
            try (Socket socket = kind.transport.connect(port)) {
                connected.increment();
                socket.setSoTimeout(1_000);
                Thread.ofVirtual().name("flood-answers").start(() -> read(socket));
                boolean begun = false;
                OutputStream out = socket.getOutputStream();
                do {
                    // Of HTTP/2 all that a connection may say was said the first time.
                    if (kind.transport == Transport.PLAIN || !begun) {
                        out.write(bytes);
                        sent.increment();
                    }
                    begun = true;
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

    /** {@code PORT KIND SECONDS}: says what was sent and answered. */
    public static void main(String[] args) {
        long nanos = Long.parseLong(args[2]) * 1_000_000_000L;
        try (var flood = new Flood(Integer.parseInt(args[0]), Kind.valueOf(args[1]))) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                pause();
            }
            System.out.println("  sent=" + flood.sent.sum() + " answered=" + flood.answered.sum() + " connected="
                    + flood.connected.sum());
        }
        System.exit(0); // who sends more than anybody reads hears of no end
    }
}
