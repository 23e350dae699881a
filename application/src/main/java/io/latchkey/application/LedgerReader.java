package io.latchkey.application;

import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.node.Node;
import io.latchkey.domain.TokenFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the ledger of an authority, on behalf of one actor.
 *
 * <p>Every method throws {@link TokenFailure.Unauthenticated} if the actor may not administer tokens, and {@link
 * AuthorityUnavailable} if the authority cannot be reached or its store cannot be used. Safe for use by many threads.
 */
public interface LedgerReader {
    /**
     * One page of the ledger entries that match a query. An empty page can still be followed by others.
     *
     * @throws TokenFailure.Invalid if the query names an unknown kind of entry
     */
    LedgerPage page(LedgerQuery query);

    /**
     * The nodes that apply the ledger, in the order of their names; empty if they do not know of each other.
     *
     * @throws TokenFailure.PermissionMissing if the actor may not read the whole ledger
     */
    List<Node> nodes();

    /** All ledger entries that match a query, in memory, including those that are written while this reads. */
    default List<LedgerRecord> all(LedgerQuery query) {
        List<LedgerRecord> lines = new ArrayList<>();
        OptionalLong next = OptionalLong.of(query.after());
        while (next.isPresent()) {
            LedgerPage page = page(query.after(next.getAsLong()));
            lines.addAll(page.lines());
            next = page.next();
        }
        return lines;
    }
}
