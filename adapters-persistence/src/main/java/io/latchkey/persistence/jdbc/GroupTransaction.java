package io.latchkey.persistence.jdbc;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.Tokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** One transaction that decides many requests first, and then writes those that were not refused. */
final class GroupTransaction {
    private final Session session;
    private final Alone alone;
    private boolean begun;
    private boolean written;

    /** How the only request of a transaction is decided and written. */
    @FunctionalInterface
    interface Alone {
        List<LedgerEntry> write(Connection connection, List<Function<Tokens, TokenEvent>> decisions)
                throws SQLException;
    }

    GroupTransaction(Session session, Alone alone) {
        this.session = session;
        this.alone = alone;
    }

    /** One outcome for each request, in their order; as {@link GroupedChanges.Transaction}. */
    List<GroupedChanges.Outcome> run(Supplier<List<List<Function<Tokens, TokenEvent>>>> requests) {
        try {
            return session.write(connection -> {
                begun = true;
                List<List<Function<Tokens, TokenEvent>>> taken = requests.get();
                List<GroupedChanges.Outcome> outcomes = taken.size() == 1
                        ? List.of(new GroupedChanges.Outcome.Done(alone.write(connection, taken.getFirst())))
                        : decideAndWrite(connection, taken);
                written = true;
                return outcomes;
            });
        } catch (RuntimeException e) {
            // Before, it is no request's fault; after, it may have been committed.
            if (begun && !written) {
                throw new GroupedChanges.NotCommitted(e);
            }
            throw e;
        }
    }

    private List<GroupedChanges.Outcome> decideAndWrite(
            Connection connection, List<List<Function<Tokens, TokenEvent>>> requests) throws SQLException {
        LedgerTable ledger = new LedgerTable(connection);
        JdbcTokenStore.Newest newest = JdbcTokenStore.newest(connection);
        AskedTokens asked = new AskedTokens(new StoredTokens(connection), newest.nextId());
        asked.read(requests, GroupTransaction::decide);
        PendingTokens tokens = new PendingTokens(asked);
        TokenWrites writes = new TokenWrites(connection);
        List<TokenEvent> events = new ArrayList<>();
        List<LedgerRow> rows = new ArrayList<>();
        List<GroupedChanges.Outcome> outcomes = new ArrayList<>();
        for (List<Function<Tokens, TokenEvent>> request : requests) {
            List<TokenEvent> decided;
            try {
                decided = decide(request, new PendingTokens(tokens));
            } catch (UncheckedSqlException | DamagedRow e) {
                throw e; // the transaction has failed
            } catch (RuntimeException e) {
                outcomes.add(new GroupedChanges.Outcome.Failed(e));
                continue;
            }
            List<LedgerEntry> entries = new ArrayList<>();
            for (TokenEvent event : decided) {
                tokens.apply(event);
                LedgerEntry entry = newest.next(event);
                LedgerRow row = LedgerRow.of(entry, newest.hash());
                newest = newest.followedBy(row);
                entries.add(entry);
                rows.add(row);
            }
            events.addAll(decided);
            outcomes.add(new GroupedChanges.Outcome.Done(entries));
        }
        for (TokenEvent event : events) {
            writes.add(event);
        }
        writes.flush();
        ledger.insertAll(rows);
        return outcomes;
    }

    private static List<TokenEvent> decide(List<Function<Tokens, TokenEvent>> request, PendingTokens own) {
        List<TokenEvent> decided = new ArrayList<>();
        for (Function<Tokens, TokenEvent> decision : request) {
            TokenEvent event = decision.apply(own);
            JdbcTokenStore.checkFollows(own, event);
            own.apply(event);
            decided.add(event);
        }
        return decided;
    }
}
