package io.latchkey.persistence.jdbc;

import io.latchkey.application.LedgerWatch;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenId;
import java.util.List;
import java.util.Map;

/** A watch of the ledger that reads new entries over a session of its own; how it waits for them depends on the engine. */
public abstract class SessionWatch implements LedgerWatch {
    /** The session, which nothing else uses. */
    protected abstract Session session();

    @Override
    public final List<LedgerEntry> tail(long after, int count) {
        return session().call(connection -> LedgerRow.entries(new LedgerTable(connection).page(after, count)));
    }

    @Override
    public final List<LedgerEntry> changes(long after, long upTo, int count) {
        return session().call(connection -> LedgerRow.entries(new LedgerTable(connection).changes(after, upTo, count)));
    }

    @Override
    public final Map<TokenId, Long> changed(long after, long upTo) {
        return session().call(connection -> new LedgerTable(connection).changed(after, upTo));
    }
}
