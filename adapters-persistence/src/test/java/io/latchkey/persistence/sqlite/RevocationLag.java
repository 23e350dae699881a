package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Revokes tokens on a file that a server of another process has open, and asks that server repeatedly until it
 * refuses. Prints the median, the 99th percentile and the maximum of the milliseconds from the end of the revocation to the
 * first refusal, and how many were refused at the first request.
 */
public final class RevocationLag {
    private RevocationLag() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the output
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        double[] millis = new double[rounds];
        int atOnce = 0;
        try (var store = SqliteTokenStore.open(Path.of(args[0]));
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom());
                var server = new Server(port)) {
            ActorAccess owner = authority.actingAs(new Actor.FileOwner());
            for (int i = 0; i < rounds; i++) {
                var name = new TokenName("revoked " + i);
                IssuedToken issued = owner.tokens().createNamed(name, new Lifetime.Unlimited(), Description.NONE);
                String secret = issued.secret().reveal();
                server.askUntil(204, secret);
                owner.tokens().revoke(name, Precondition.NONE);
                long revoked = System.nanoTime();
                int asked = server.askUntil(401, secret);
                millis[i] = (System.nanoTime() - revoked) / 1e6;
                atOnce += asked == 1 ? 1 : 0;
            }
        }
        Arrays.sort(millis);
        new PrintStream(System.out, true, UTF_8)
                .printf(
                        "%.1f %.1f %.1f %d%n",
                        millis[rounds / 2], millis[(int) Math.ceil(rounds * 0.99) - 1], millis[rounds - 1], atOnce);
    }

    /** One connection; of an answer it reads only the status. */
    private static final class Server implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;

        Server(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        /** Repeats a request until the answer has a status; returns the number of requests. */
        int askUntil(int status, String secret) throws IOException {
            int asked = 1;
            while (ask(secret) != status) {
                asked++;
            }
            return asked;
        }

        private int ask(String secret) throws IOException {
            out.write(("GET /api/v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + secret + "\r\n\r\n")
                    .getBytes(US_ASCII));
            int status = Integer.parseInt(line().split(" ", 3)[1]);
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            return status;
        }

        private String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the server hung up");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
