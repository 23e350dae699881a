package io.latchkey.persistence.postgresql;

import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network in front of a PostgreSQL server that loses what it is told to. What it swallows it keeps, and delivers late, as
 * TCP does after a network comes back. Thread-safe.
 */
final class Relay implements AutoCloseable {
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** What the client notices of a loss. */
    enum Loss {
        /** Nothing: no packet comes any more. */
        SILENT,
        /** The connection is closed on both ends. */
        RESET,
        /** So is every other, and no new one works. */
        DOWN,
        /** Its own end is closed. */
        RESET_CLIENT
    }

    private record Trap(Direction direction, Loss loss) {}

    private final StoreLocation.Postgres behind;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Direction> swallowed = EnumSet.noneOf(Direction.class);
    private volatile int target;
    private int messages;
    private int springsAt = Integer.MAX_VALUE;
    private @Nullable Trap trap;
    private boolean deaf;
    private boolean closed;

    Relay(StoreLocation.Postgres behind) throws IOException {
        this.behind = behind;
        target = behind.url().hosts().getFirst().port();
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The database behind this network. */
    StoreLocation.Postgres location() {
        PostgresUrl url = behind.url();
        return new StoreLocation.Postgres(
                PostgresUrl.parse("postgresql://postgres@127.0.0.1:" + server.getLocalPort() + "/"
                        + url.database().orElseThrow()),
                behind.password(),
                behind.state());
    }

    /** Leads new connections to another port of this machine. */
    void lead(int port) {
        target = port;
    }

    /** How many messages clients have sent so far. */
    synchronized int messages() {
        return messages;
    }

    /** Swallows all that goes in a direction, on all connections. */
    synchronized void swallow(Direction direction) {
        swallowed.add(direction);
    }

    /** Delivers what was swallowed, and all that follows. */
    synchronized void deliver() {
        swallowed.clear();
        links.forEach(link -> link.trap = null);
        notifyAll();
    }

    /** Loses a message of a client, counted from now and 1, or the answer to it; further connections lose nothing. */
    synchronized void lose(int message, Direction direction, Loss loss) {
        springsAt = messages + message;
        trap = new Trap(direction, loss);
    }

    /** Closes every connection, and each new one at once. */
    synchronized void cut() {
        deaf = true;
        links.forEach(Link::close);
    }

    /** Lets new connections pass. */
    synchronized void mend() {
        deaf = false;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                connect(client);
            } catch (IOException e) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                }
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket there;
        try {
            there = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            client.close(); // the server is down
            return;
        }
        Link link = new Link(client, there);
        synchronized (this) {
            links.add(link);
            if (deaf) {
                link.close();
                return;
            }
        }
        client.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pump(link, client, there, Direction.TO_SERVER));
        Thread.ofVirtual().start(() -> pump(link, there, client, Direction.TO_CLIENT));
    }

    private void pump(Link link, Socket from, Socket to, Direction direction) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                note(link, direction);
                await(link, direction);
                out.write(buffer, 0, count);
            }
            await(link, direction); // the end of a connection is a packet, too
        } catch (IOException e) {
            return; // the other end was closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.close();
            links.remove(link);
        }
    }

    private synchronized void note(Link link, Direction direction) throws IOException {
        if (direction == Direction.TO_SERVER && ++messages == springsAt) {
            link.trap = trap;
        }
        Trap sprung = link.trap;
        if (sprung != null && sprung.direction() == direction) {
            switch (sprung.loss()) {
                case SILENT -> {}
                case RESET -> {
                    link.close();
                    throw new IOException("lost");
                }
                case DOWN -> {
                    cut();
                    throw new IOException("lost");
                }
                case RESET_CLIENT -> link.client().close();
            }
        }
    }

    private synchronized void await(Link link, Direction direction) throws InterruptedException {
        while (!closed && (swallowed.contains(direction) || link.isTrapped(direction))) {
            wait();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        server.close();
        links.forEach(Link::close);
        notifyAll();
    }

    /** One connection of a client, and the one to the server. */
    private static final class Link {
        private final Socket client;
        private final Socket there;
        private volatile @Nullable Trap trap;

        Link(Socket client, Socket there) {
            this.client = client;
            this.there = there;
        }

        Socket client() {
            return client;
        }

        boolean isTrapped(Direction direction) {
            Trap sprung = trap;
            return sprung != null && sprung.direction() == direction;
        }

        void close() {
            try (client;
                    there) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
