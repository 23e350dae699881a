package io.latchkey.persistence.jdbc;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks the whole ledger of a store, and that the stored tokens are the result of it. Has to run in a transaction. */
public final class StoreCheck {
    private static final int PAGE = 1_000;

    private final Connection connection;
    private final Predicate<Throwable> engine;
    private final Runnable pause;

    /**
     * @param engine whether the database engine caused a failure, rather than the content of a row
     * @param pause called before each page of rows; ends the check by an exception
     */
    public StoreCheck(Connection connection, Predicate<Throwable> engine, Runnable pause) {
        this.connection = connection;
        this.engine = engine;
        this.pause = pause;
    }

    /**
     * The result of a check, if it found nothing.
     *
     * @param source the store, as the error message names it
     * @throws AuthorityUnavailable if it found anything
     */
    public static LedgerCheck.Whole whole(String source, LedgerCheck check) {
        return switch (check) {
            case LedgerCheck.Whole whole -> whole;
            case LedgerCheck.Broken _, LedgerCheck.Unexplained _, LedgerCheck.Truncated _ ->
                throw new AuthorityUnavailable(
                        source + " has a broken ledger: find the entry with `latchkey verify ledger`");
        };
    }

    /** The result; {@link LedgerCheck.Truncated} if no entry has the expected hash. */
    public LedgerCheck run(Optional<LedgerHead> expected) throws SQLException {
        LedgerTable ledger = new LedgerTable(connection);
        LedgerChain chain = new LedgerChain(JdbcTokenStore.instanceId(connection));
        Optional<LedgerHead> missed = expected.filter(head -> !head.equals(head(chain)));
        List<LedgerRow> page;
        do {
            page = rows(ledger, chain.next() - 1);
            for (LedgerRow row : page) {
                if (!chain.accept(row)) {
                    return new LedgerCheck.Broken(chain.next(), flaw(ledger, chain));
                }
                missed = missed.filter(head -> !head.equals(head(chain)));
            }
        } while (!page.isEmpty());
        return missed.isPresent() ? new LedgerCheck.Truncated(chain.next() - 1) : explained(chain);
    }

    /** The rows of the next page; a row that cannot be read is returned alone, as {@link LedgerRow#damaged}. */
    private List<LedgerRow> rows(LedgerTable ledger, long revision) throws SQLException {
        pause.run();
        try {
            return ledger.page(revision, PAGE);
        } catch (SQLException | DamagedRow e) {
            try {
                return ledger.page(revision, 1);
            } catch (SQLException | DamagedRow first) {
                if (engine.test(first)) {
                    throw first;
                }
                return List.of(LedgerRow.damaged(revision + 1));
            }
        }
    }

    private static LedgerCheck.Flaw flaw(LedgerTable ledger, LedgerChain chain) {
        try {
            return new TamperAnalysis(chain, ledger.after(chain.next() - 1)).flaw();
        } catch (SQLException | DamagedRow e) {
            return LedgerCheck.Flaw.EDITED; // the other rows cannot be read, so a moved row cannot be found
        }
    }

    private LedgerCheck explained(LedgerChain chain) {
        long revision = chain.next() - 1;
        try {
            List<Token> page;
            long from = Long.MIN_VALUE;
            do {
                pause.run();
                page = new TokenTable(connection).page(from, PAGE);
                page.forEach(chain::compare);
                from = page.isEmpty() ? from : page.getLast().id().value() + 1;
            } while (page.size() == PAGE);
            Optional<TokenId> unexplained = chain.unexplained();
            return unexplained.isPresent()
                    ? new LedgerCheck.Unexplained(revision, unexplained)
                    : new LedgerCheck.Whole(revision, head(chain));
        } catch (SQLException | DamagedRow e) {
            return new LedgerCheck.Unexplained(revision, Optional.empty()); // a row that cannot be read has no token id
        }
    }

    private static LedgerHead head(LedgerChain chain) {
        return new LedgerHead(chain.head().toString());
    }
}
