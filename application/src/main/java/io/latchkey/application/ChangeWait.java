package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.node.NodeWait;
import io.latchkey.application.node.Nodes;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether the changes of an actor wait until they hold on all nodes.
 *
 * @param asked empty to wait for changes after which something is refused that was accepted before
 * @param told gets what came of each wait
 */
public record ChangeWait(Optional<WaitFor> asked, Consumer<NodeWait> told) {
    /** The name of the parameter in APIs. */
    public static final String NAME = "wait";

    /** As nobody asked for anything. */
    public static final ChangeWait DEFAULT = new ChangeWait(Optional.empty(), _ -> {});

    /** What a change waits for; the names are part of the APIs. */
    public enum WaitFor {
        NODES,
        NONE
    }

    /**
     * Refuses to wait for nodes where there are none.
     *
     * @throws TokenFailure.Invalid if that was asked
     */
    void checkPossible(Optional<Nodes> nodes) {
        if (nodes.isEmpty() && asked.equals(Optional.of(WaitFor.NODES))) {
            throw new TokenFailure.Invalid(
                    NAME, "there are no nodes to wait for: the tokens are in a file, not in PostgreSQL");
        }
    }

    /** Waits for changes that have been recorded and applied here, if it should. */
    void hold(Optional<Nodes> nodes, List<LedgerEntry> entries) {
        if (nodes.isPresent() && isWanted(entries)) {
            told.accept(nodes.get().await(entries.getLast().revision()));
        }
    }

    private boolean isWanted(List<LedgerEntry> entries) {
        return !entries.isEmpty()
                && asked.map(wanted -> wanted == WaitFor.NODES)
                        .orElseGet(
                                () -> entries.stream().map(LedgerEntry::event).anyMatch(TokenEvent::isNarrowing));
    }
}
