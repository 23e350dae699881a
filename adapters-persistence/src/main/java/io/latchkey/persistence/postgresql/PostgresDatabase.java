package io.latchkey.persistence.postgresql;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.persistence.jdbc.Database;
import io.latchkey.persistence.jdbc.Session;
import io.latchkey.persistence.jdbc.StoreRows;
import io.latchkey.persistence.sqlite.FileCopies;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;

/** One PostgreSQL database as the database of a store. */
final class PostgresDatabase implements Database {
    private static final String VERSION = String.valueOf(
            Optional.ofNullable(PostgresDatabase.class.getPackage().getImplementationVersion())
                    .orElse("unknown"));

    private static final String LOSS =
            "SELECT revision, lost_revision FROM ledger_head WHERE lost_revision IS NOT NULL";

    private final PostgresServer server;
    private final NewestHead newest;

    PostgresDatabase(PostgresServer server, NewestHead newest) {
        this.server = server;
        this.newest = newest;
    }

    @Override
    public Session open() {
        return new PostgresSession(server, Timeouts.LONG);
    }

    @Override
    public Session openWriting() {
        return new WritingSession(server, newest, WritingSession.OfLoss.REFUSING);
    }

    @Override
    public Session openAccepting() {
        return new WritingSession(server, newest, WritingSession.OfLoss.ACCEPTING);
    }

    @Override
    public Optional<LedgerLoss> loss() {
        return PostgresSession.once(server, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(LOSS)) {
                return row.next() ? Optional.of(new LedgerLoss(row.getLong(1), row.getLong(2))) : Optional.empty();
            }
        });
    }

    @Override
    public Session openRelaxed() {
        return new UsageSession(server);
    }

    @Override
    public LedgerWatch watch() {
        return new PostgresWatch(server, newest, NodeRow.ofThisProcess(server, VERSION));
    }

    @Override
    public Optional<Nodes> nodes() {
        return Optional.of(new PostgresNodes(server));
    }

    @Override
    public String now() {
        return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    }

    @Override
    public String uniqueColumn(Throwable failure) {
        return PostgresErrors.uniqueColumn(failure);
    }

    @Override
    public boolean isOfEngine(Throwable failure) {
        return PostgresErrors.isOfPostgres(failure);
    }

    @Override
    public StoreBackup backUp() {
        try (PostgresSession session = new PostgresSession(server, Timeouts.COPY)) {
            return StoreRows.in(
                    session, rows -> FileCopies.stream(server.location().toString(), rows));
        }
    }

    @Override
    public long size() {
        return PostgresSession.once(server, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public AuthorityUnavailable closed() {
        return server.closed();
    }
}
