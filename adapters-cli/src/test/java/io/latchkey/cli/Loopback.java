package io.latchkey.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on this machine, behind which something of the test's own stands. */
abstract class Loopback implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    Loopback() throws IOException {
        listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A port that nobody listens on now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    final int port() {
        return listening.getLocalPort();
    }

    /** How many connections there have been. */
    final int connections() {
        return accepted.get();
    }

    /** Talks over one connection until it ends. */
    abstract void talk(Socket connection) throws IOException;

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void converse(Socket connection) {
        open.add(connection);
        try (connection) {
            talk(connection);
        } catch (IOException e) {
            // The other side went away, as it may.
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
