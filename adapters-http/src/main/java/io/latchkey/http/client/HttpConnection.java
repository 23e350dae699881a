package io.latchkey.http.client;

import io.latchkey.application.remote.ServerTrust;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a server for one request.
 *
 * <p>Java's own client takes longer to load than a command takes for all the rest, and the older one knows no PATCH.
 * Redirects are not followed: a secret goes where it was sent.
 */
public final class HttpConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final int PART = 16 * 1024;

    private final Socket socket;
    private long end;

    private HttpConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connects to one of the addresses that a server has; {@link SocketTimeoutException} if that takes too long. */
    static HttpConnection open(RawRequest request) throws IOException {
        return open(InetAddress.getAllByName(request.host()), request.port(), CONNECT_TIMEOUT);
    }

    /** The same through a proxy, for a request over TLS; {@link HttpProxy.Refused} if that makes no connection. */
    public static HttpConnection open(RawRequest request, Optional<HttpProxy> through) throws IOException {
        if (through.isEmpty()) {
            return open(request);
        }
        HttpProxy proxy = through.get();
        HttpConnection connection = open(InetAddress.getAllByName(proxy.host()), proxy.port(), CONNECT_TIMEOUT);
        try {
            connection.socket.setSoTimeout((int) CONNECT_TIMEOUT.toMillis());
            proxy.connect(connection.socket, request.host(), request.port());
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Connects to the first of some addresses that answers.
     *
     * @param timeout for all together; one that is silent takes no more than its share, so that each has its turn
     */
    static HttpConnection open(InetAddress[] addresses, int port, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        IOException failure = new IOException("no address");
        for (int i = 0; i < addresses.length; i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                int share = Math.max(1, millisUntil(end) / (addresses.length - i));
                socket.connect(new InetSocketAddress(addresses[i], port), share);
                return new HttpConnection(socket);
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** The answer to a request; {@link SocketTimeoutException} if that takes too long. */
    RawResponse ask(RawRequest request, ServerTrustContext trusted) throws IOException {
        ResponseReader answer = send(request, trusted, TIMEOUT);
        return request.isForHead() ? answer.head().alone() : answer.read();
    }

    /**
     * The answer to a request as it comes; {@link SocketTimeoutException} from it once it has taken too long.
     *
     * @param timeout for the other side to take each part of the request, and for the answer after that
     */
    public ResponseReader send(RawRequest request, ServerTrustContext trusted, Duration timeout) throws IOException {
        end = System.nanoTime() + timeout.toNanos();
        Socket speaking = socket;
        if (request.isSecure()) {
            socket.setSoTimeout(millisUntil(end));
            SSLSocket secure = trusted.secure(socket, request.host(), request.port());
            secure.startHandshake();
            speaking = secure;
        }
        write(request.bytes(), speaking, timeout);
        end = System.nanoTime() + timeout.toNanos();
        return new ResponseReader(new BufferedInputStream(new Patient(speaking)));
    }

    /**
     * Whether the server of a request speaks TLS, to say why it did not answer in the clear. The question carries neither
     * the request nor a secret, so any certificate will do.
     */
    static boolean speaksTls(RawRequest request) {
        try (HttpConnection probe = open(InetAddress.getAllByName(request.host()), request.port(), PROBE)) {
            probe.socket.setSoTimeout((int) PROBE.toMillis());
            ServerTrustContext.of(new ServerTrust(Optional.empty(), ServerTrust.Verification.OFF))
                    .secure(probe.socket, request.host(), request.port())
                    .startHandshake();
            return true;
        } catch (SSLException e) {
            return TlsFailure.isAlert(e);
        } catch (IOException e) {
            return false;
        }
    }

    private void write(byte[] all, Socket speaking, Duration timeout) throws IOException {
        OutputStream out = speaking.getOutputStream();
        if (all.length <= PART) {
            out.write(all); // the system takes that much, whoever reads it
            return;
        }
        try (StalledWriteGuard watch = new StalledWriteGuard(socket, timeout)) {
            for (int from = 0; from < all.length; from += PART) {
                watch.begin();
                try {
                    out.write(all, from, Math.min(PART, all.length - from));
                } catch (IOException e) {
                    throw watch.hasCut() ? new SocketTimeoutException() : e;
                }
            }
        }
    }

    /** What is still to come may take as long as usual again. */
    void renew() {
        end = System.nanoTime() + TIMEOUT.toNanos();
    }

    private static int millisUntil(long end) throws SocketTimeoutException {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What comes, until a moment. */
    private final class Patient extends FilterInputStream {
        private final Socket speaking;

        Patient(Socket speaking) throws IOException {
            super(speaking.getInputStream());
            this.speaking = speaking;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            speaking.setSoTimeout(millisUntil(end));
            return in.read(bytes, from, length);
        }
    }
}
