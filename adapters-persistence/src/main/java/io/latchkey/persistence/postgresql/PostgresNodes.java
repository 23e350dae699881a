package io.latchkey.persistence.postgresql;

import io.latchkey.application.node.DatabaseRisk;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.node.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the table {@code node}, read over a connection of their own.
 *
 * <p>All who wait at the same time share each look: one that begins after they asked for it.
 */
final class PostgresNodes implements Nodes {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(8);

    private final PostgresSession session;
    private final ThreadPoolExecutor looking = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("latchkey-nodes").factory());
    /** A look that has not begun. */
    private @Nullable CompletableFuture<List<Node>> next;

    PostgresNodes(PostgresServer server) {
        session = new PostgresSession(server, Timeouts.WATCH);
    }

    @Override
    public List<Node> all() {
        try {
            return next().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private synchronized CompletableFuture<List<Node>> next() {
        CompletableFuture<List<Node>> look = next;
        if (look == null) {
            look = CompletableFuture.supplyAsync(this::look, looking);
            next = look;
        }
        return look;
    }

    private List<Node> look() {
        synchronized (this) {
            next = null;
        }
        return session.task(NodeTable::all);
    }

    @Override
    public NodeWait await(long revision) {
        long end = System.nanoTime() + LEASE.plus(MARGIN).toNanos();
        Duration pause = FIRST_PAUSE;
        Following following = null;
        while (true) {
            Optional<List<Node>> seen = nodesBefore(end);
            if (seen.isPresent()) {
                following = following == null ? new Following(revision, seen.get()) : following;
                following.look(seen.get());
                if (following.isOver()) {
                    return following.result();
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return following == null ? new NodeWait(0, List.of(NodeWait.ALL)) : following.ended();
            }
            LockSupport.parkNanos(Math.min(left, pause.toNanos()));
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** The nodes as of now; empty if the database cannot be asked, or not in time. */
    private Optional<List<Node>> nodesBefore(long end) {
        try {
            return Optional.of(next().get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            // The server stops. Nobody must be told that the nodes have applied anything, so the waiting goes on.
            LockSupport.parkNanos(end - System.nanoTime());
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The nodes that were live at the first look, and what became of each. */
    private static final class Following {
        private final long revision;
        private final Map<UUID, Node> pending = new HashMap<>();
        private final List<String> waitedOut = new ArrayList<>();
        private int applied;

        Following(long revision, List<Node> first) {
            this.revision = revision;
            first.stream()
                    .filter(node -> node.state() == Node.State.LIVE)
                    .forEach(node -> pending.put(node.id(), node));
        }

        void look(List<Node> seen) {
            Map<UUID, Node> now = seen.stream().collect(Collectors.toMap(Node::id, Function.identity()));
            pending.values().removeIf(node -> isOver(node, now.get(node.id())));
        }

        private boolean isOver(Node before, @Nullable Node now) {
            if (now == null) {
                return true; // it has left
            }
            if (now.applied() >= revision) {
                applied++;
                return true;
            }
            if (now.state() == Node.State.UNSEEN) {
                waitedOut.add(before.name());
                return true;
            }
            return false;
        }

        boolean isOver() {
            return pending.isEmpty();
        }

        NodeWait result() {
            return new NodeWait(applied, waitedOut);
        }

        /** All leases that do not know of the change have ended. */
        NodeWait ended() {
            pending.values().forEach(node -> waitedOut.add(node.name()));
            return result();
        }
    }

    @Override
    public List<DatabaseRisk> risks() {
        return session.task(RiskySettings::of);
    }

    @Override
    public void close() {
        session.close();
    }
}
