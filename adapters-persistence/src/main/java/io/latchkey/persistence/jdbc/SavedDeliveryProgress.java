package io.latchkey.persistence.jdbc;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.notification.DeliveryProgress;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The delivery progress of notifications, saved in the tables of a store over a session of its own. */
public final class SavedDeliveryProgress implements DeliveryProgress {
    private final Session session;
    private final CurrentConnection current;
    private final DeliveryRepository repository;
    private final DeliveryTurn turn;

    /** @param current provides the repository with the connection of the session */
    public SavedDeliveryProgress(Database database, CurrentConnection current, DeliveryRepository repository) {
        this.session = database.open();
        this.turn = new DeliveryTurn(database.now());
        this.current = current;
        this.repository = repository;
    }

    private <T> T write(Supplier<T> work) {
        return session.write(connection -> run(connection, work));
    }

    @Override
    public Turn turn() {
        return turn.ask(session);
    }

    private <T> T run(Connection connection, Supplier<T> work) throws SQLException {
        try {
            return current.with(connection, work);
        } catch (DataAccessException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    @Override
    public Progress resume(long revision, Instant now) {
        return write(() -> {
            repository.begin(revision, now.toEpochMilli());
            DeliveryRow row = repository.progress();
            return new Progress(
                    new Changes(row.revision(), row.alarms(), new TreeSet<>(repository.owed())),
                    Instant.ofEpochMilli(row.since()),
                    repository.expiryNotices().stream()
                            .map(ExpiryNoticeRow::toEnd)
                            .toList());
        });
    }

    @Override
    public void record(Changes changes, List<End> ends) {
        var _ = session.write(
                connection -> turn.isOfAnother(connection) ? 0 : run(connection, () -> save(changes, ends)));
    }

    private int save(Changes changes, List<End> ends) {
        ends.forEach(end -> repository.putExpiryNotice(
                end.token().value(), end.at().toEpochMilli(), end.kind().name().toLowerCase(Locale.ROOT)));
        int advanced = repository.advance(changes.revision(), changes.alarms());
        if (advanced > 0) {
            repository.deleteOwed();
            changes.owed().forEach(repository::addOwed);
        }
        return advanced;
    }

    @Override
    public void close() {
        try {
            var _ = session.write(turn::end);
        } catch (AuthorityUnavailable _) {
            // The turn ends by itself.
        } finally {
            session.close();
        }
    }
}
