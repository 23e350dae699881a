package io.latchkey.application.node;

import java.util.List;

/**
 * What came of waiting for all nodes. However it came, none of them gives a verdict that contradicts the change any more.
 *
 * @param applied number of nodes that have applied the change
 * @param waitedOut names of the nodes that did not say so while their leases could last, in alphabetical order
 */
public record NodeWait(int applied, List<String> waitedOut) {
    /** Instead of names, if the database did not say which nodes there are. */
    public static final String ALL = "all nodes";

    public NodeWait {
        waitedOut = waitedOut.stream().sorted().toList();
    }
}
