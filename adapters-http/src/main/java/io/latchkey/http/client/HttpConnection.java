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
 * <p>{@code java.net.http} takes longer to load than everything else in a command, and {@code HttpURLConnection} does
 * not support PATCH. Redirects are not followed, so that a secret is sent only to the given server.
 */
public final class HttpConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final int PART = 16 * 1024;

    private final Socket socket;
    private Duration timeout = CONNECT_TIMEOUT;
    private long end;

    private HttpConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connects to one of the addresses of a server; {@link SocketTimeoutException} after 5 seconds. */
    static HttpConnection open(RawRequest request) throws IOException {
        return open(InetAddress.getAllByName(request.host()), request.port(), CONNECT_TIMEOUT);
    }

    /** Connects through a proxy, for a request over TLS; {@link HttpProxy.Refused} if the proxy refuses. */
    public static HttpConnection open(RawRequest request, Optional<HttpProxy> via) throws IOException {
        if (via.isEmpty()) {
            return open(request);
        }
        HttpProxy proxy = via.get();
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
     * Connects to the first address that accepts.
     *
     * @param timeout for all addresses together; each gets an equal share of the remaining time
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

    /** Sends a request and reads the response; {@link SocketTimeoutException} after the timeout. */
    RawResponse ask(RawRequest request, ServerTrustContext trusted, Duration timeout) throws IOException {
        ResponseReader answer = send(request, trusted, timeout);
        return request.isForHead() ? answer.head().alone() : answer.read();
    }

    /**
     * Sends a request; the reader throws {@link SocketTimeoutException} after the timeout.
     *
     * @param timeout for writing each part of the request, and after that for the response
     */
    public ResponseReader send(RawRequest request, ServerTrustContext trusted, Duration timeout) throws IOException {
        this.timeout = timeout;
        restartTimeout();
        Socket transport = socket;
        if (request.isSecure()) {
            socket.setSoTimeout(millisUntil(end));
            SSLSocket secure = trusted.secure(socket, request.host(), request.port());
            secure.startHandshake();
            transport = secure;
        }
        write(request.bytes(), transport);
        restartTimeout();
        return new ResponseReader(new BufferedInputStream(new DeadlineInputStream(transport)));
    }

    /**
     * Whether the server of a request uses TLS, to explain why it did not answer without. Sends neither the request nor
     * a secret, so the certificate is not checked.
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

    private void write(byte[] all, Socket transport) throws IOException {
        OutputStream out = transport.getOutputStream();
        if (all.length <= PART) {
            out.write(all); // fits into the buffer of the system and does not block
            return;
        }
        try (StalledWriteGuard guard = new StalledWriteGuard(socket, timeout)) {
            for (int from = 0; from < all.length; from += PART) {
                guard.begin();
                try {
                    out.write(all, from, Math.min(PART, all.length - from));
                } catch (IOException e) {
                    throw guard.hasCut() ? new SocketTimeoutException() : e;
                }
            }
        }
    }

    /** Restarts the timeout with which the request was sent. */
    void restartTimeout() {
        restartTimeout(timeout);
    }

    /** Waits from now on, and until it is restarted, at most this long. */
    void restartTimeout(Duration longest) {
        end = System.nanoTime() + longest.toNanos();
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

    /** Reads until {@code end}. */
    private final class DeadlineInputStream extends FilterInputStream {
        private final Socket transport;

        DeadlineInputStream(Socket transport) throws IOException {
            super(transport.getInputStream());
            this.transport = transport;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            transport.setSoTimeout(millisUntil(end));
            return in.read(bytes, from, length);
        }
    }
}
