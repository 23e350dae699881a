package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Somebody with a good token who asks for a verdict about 400 times a second, and measures how long each takes. */
final class Probe implements AutoCloseable {
    private static final int PATIENCE = 60_000;

    private final Transport transport;
    private final int port;
    private final byte[] request;
    private Socket socket;

    /**
     * How it went.
     *
     * @param bad answers other than a yes, and connections that broke
     */
    record Fare(int asked, int bad, double p50, double p99, double worst) {
        @Override
        public String toString() {
            return "asked=%d bad=%d p50=%.2fms p99=%.2fms worst=%.2fms".formatted(asked, bad, p50, p99, worst);
        }
    }

    Probe(Transport transport, int port, String secret) throws IOException {
        this.transport = transport;
        this.port = port;
        request = ("GET /api/v1/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + secret + "\r\n\r\n")
                .getBytes(US_ASCII);
        socket = connect();
    }

    private Socket connect() throws IOException {
        Socket one = transport.connect(port);
        one.setTcpNoDelay(true);
        one.setSoTimeout(PATIENCE);
        return one;
    }

    /** Asks for so many nanoseconds. */
    Fare ask(long nanos) {
        long[] took = new long[(int) (nanos / 1_000_000) + 1];
        int asked = 0;
        int bad = 0;
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end && asked < took.length) {
            long begun = System.nanoTime();
            if (!isAccepted()) {
                bad++;
            }
            took[asked++] = System.nanoTime() - begun;
            LockSupport.parkNanos(2_000_000);
        }
        Arrays.sort(took, 0, asked);
        return new Fare(asked, bad, millis(took, asked, 0.5), millis(took, asked, 0.99), millis(took, asked, 1));
    }

    private static double millis(long[] sorted, int length, double part) {
        return sorted[Math.clamp((int) Math.ceil(length * part) - 1, 0, length - 1)] / 1e6;
    }

    private boolean isAccepted() {
        try {
            socket.getOutputStream().write(request);
            return RawHttp.read(socket.getInputStream(), true).status() == 204;
        } catch (IOException | NumberFormatException e) {
            try {
                socket.close();
                socket = connect();
            } catch (IOException again) {
                return false;
            }
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** {@code PORT SECRET KIND SECONDS}: how it goes beside a flood, which another process is. */
    public static void main(String[] args) throws IOException {
        Transport transport = Flood.Kind.valueOf(args[2]).other();
        try (var probe = new Probe(transport, Integer.parseInt(args[0]), args[1])) {
            var _ = probe.ask(1_000_000_000L); // until this program is warm
            System.out.println(args[2] + " " + probe.ask(Long.parseLong(args[3]) * 1_000_000_000L));
        }
    }
}
