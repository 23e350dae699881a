package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Asks a server for verdicts on a valid token at a steady rate, while it revokes tokens on the server's file, one after the
 * other. Prints the number of verdicts, how many of them were no 2xx, their p50, p99 and maximum in milliseconds, and
 * then the number of revocations, and the p50, p99 and maximum in milliseconds from the end of each to the first answer
 * that was no 2xx. Prints "ready" when it begins.
 *
 * <p>Arguments: the file, the port, the secret, seconds, verdicts a second.
 */
public final class SteadyLoad {
    private static final int CONNECTIONS = 8;
    private static final Duration BETWEEN_REVOCATIONS = Duration.ofMillis(10);

    private final Path file;
    private final int port;
    private final String secret;
    private final int perSecond;
    private final long length;
    private volatile long end = Long.MAX_VALUE;

    private SteadyLoad(String[] args) {
        file = Path.of(args[0]);
        port = Integer.parseInt(args[1]);
        secret = args[2];
        length = Duration.ofSeconds(Integer.parseInt(args[3])).toNanos();
        perSecond = Integer.parseInt(args[4]);
    }

    @SuppressWarnings("SystemOut") // the benchmark reads the output
    public static void main(String[] args) throws Exception {
        new SteadyLoad(args).run(new PrintStream(System.out, true, UTF_8));
    }

    private void run(PrintStream out) throws InterruptedException, ExecutionException {
        try (var store = SqliteTokenStore.open(file);
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom());
                var threads = Executors.newCachedThreadPool()) {
            ActorAccess owner = authority.actingAs(new Actor.FileOwner());
            List<TokenSecret> secrets = prepare(owner);
            end = System.nanoTime() + length;
            out.println("ready");
            List<Future<Answers>> asked = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Callable<Answers> asking = this::ask;
                asked.add(threads.submit(asking));
            }
            Answers revocations = revoke(owner, secrets);
            Answers verdicts = new Answers();
            for (Future<Answers> one : asked) {
                verdicts.add(one.get());
            }
            out.println(verdicts + " " + revocations);
        }
    }

    /** A name that differs from those of earlier runs on the same file. */
    private static TokenName name(int i) {
        return new TokenName("to be revoked " + ProcessHandle.current().pid() + " " + i);
    }

    /** Issues as many tokens as can be revoked in the time, and waits until the server accepts them. */
    private List<TokenSecret> prepare(ActorAccess owner) {
        int count = (int) (length / BETWEEN_REVOCATIONS.toNanos());
        SecureRandom random = new SecureRandom();
        List<TokenSecret> secrets = IntStream.range(0, count)
                .mapToObj(_ -> TokenSecret.generate(random))
                .toList();
        var _ = owner.transfer()
                .apply(
                        IntStream.range(0, count)
                                .mapToObj(i -> new DeclaredToken(
                                        name(i),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(secrets.get(i).digest())))
                                .toList(),
                        Prune.NO,
                        DryRun.NO);
        try (Server server = new Server(port)) {
            while (!server.accepts(secrets.getLast().reveal())) {
                Thread.onSpinWait();
            }
        }
        return secrets;
    }

    private Answers ask() {
        Answers answers = new Answers();
        long interval = Duration.ofSeconds(CONNECTIONS).toNanos() / perSecond;
        try (Server server = new Server(port)) {
            for (long due = System.nanoTime(); due < end; due += interval) {
                LockSupport.parkNanos(due - System.nanoTime());
                long asked = System.nanoTime();
                answers.note(server.accepts(secret), System.nanoTime() - Math.min(asked, due));
            }
        }
        return answers;
    }

    private Answers revoke(ActorAccess owner, List<TokenSecret> secrets) {
        Answers answers = new Answers();
        try (Server server = new Server(port)) {
            for (int i = 0; i < secrets.size() && System.nanoTime() < end; i++) {
                LockSupport.parkNanos(BETWEEN_REVOCATIONS.toNanos());
                String revoked = secrets.get(i).reveal();
                try {
                    owner.tokens().revoke(name(i), Precondition.NONE);
                } catch (AuthorityUnavailable e) {
                    continue; // another process has written for more than five seconds
                }
                long begun = System.nanoTime();
                while (server.accepts(revoked)) {
                    Thread.onSpinWait();
                }
                answers.note(true, System.nanoTime() - begun);
            }
        }
        return answers;
    }

    /** The durations of answers, and how many were no 2xx. */
    private static final class Answers {
        private final List<Long> nanos = new ArrayList<>();
        private int refused;

        void note(boolean yes, long took) {
            nanos.add(took);
            refused += yes ? 0 : 1;
        }

        void add(Answers others) {
            nanos.addAll(others.nanos);
            refused += others.refused;
        }

        @Override
        public String toString() {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            if (sorted.length == 0) {
                return "0 0 - - -";
            }
            return "%d %d %.1f %.1f %.1f"
                    .formatted(
                            sorted.length,
                            refused,
                            sorted[sorted.length / 2] / 1e6,
                            sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6,
                            Arrays.stream(sorted).max().orElseThrow() / 1e6);
        }
    }

    /** One connection; of an answer it reads only whether the status is 2xx. */
    private static final class Server implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;

        Server(int port) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                out = socket.getOutputStream();
                in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean accepts(String token) {
            try {
                out.write(("GET /api/v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(US_ASCII));
                boolean yes = line().startsWith("HTTP/1.1 2");
                int length = 0;
                for (String line = line(); !line.isEmpty(); line = line()) {
                    if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                for (int i = 0; i < length; i++) {
                    var _ = in.read();
                }
                return yes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the server hung up");
            }
            return line;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
