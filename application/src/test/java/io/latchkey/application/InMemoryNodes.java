package io.latchkey.application;

import io.latchkey.application.node.DatabaseRisk;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.node.Nodes;
import java.util.ArrayList;
import java.util.List;

/** Nodes that answer as a test says; remembers what was waited for. */
public final class InMemoryNodes implements Nodes {
    private final List<Long> awaited = new ArrayList<>();
    private final List<Node> all = new ArrayList<>();
    private NodeWait answer = new NodeWait(2, List.of());
    private Runnable meanwhile = () -> {};

    /** The revisions that were waited for, the first one first. */
    public synchronized List<Long> awaited() {
        return List.copyOf(awaited);
    }

    /** From now on each wait ends like this. */
    public synchronized void answer(NodeWait like) {
        answer = like;
    }

    /** Does something during each wait. */
    public synchronized void during(Runnable act) {
        meanwhile = act;
    }

    /** Adds a node to the list. */
    public synchronized void add(Node node) {
        all.add(node);
    }

    @Override
    public synchronized List<Node> all() {
        return List.copyOf(all);
    }

    @Override
    public NodeWait await(long revision) {
        meanwhile().run();
        synchronized (this) {
            awaited.add(revision);
            return answer;
        }
    }

    private synchronized Runnable meanwhile() {
        return meanwhile;
    }

    @Override
    public List<DatabaseRisk> risks() {
        return List.of(DatabaseRisk.FSYNC_OFF);
    }

    @Override
    public void close() {}
}
