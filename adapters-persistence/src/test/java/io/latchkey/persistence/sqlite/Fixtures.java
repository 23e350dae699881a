package io.latchkey.persistence.sqlite;

import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/** Helpers of the tests of this module for stores and files. */
public final class Fixtures {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    // Before the driver loads a copy of its own: two copies in one process crash it.
    static {
        NativeLibrary.load();
    }

    private Fixtures() {}

    public static LedgerEntry issue(TokenStore store, String name) {
        return issue(store, name, TokenSecret.presented("secret of " + name));
    }

    static LedgerEntry issue(TokenStore store, String name, TokenSecret secret) {
        return append(
                store,
                new Change.CreateNamed(new TokenName(name), secret.digest(), Lifetime.UNLIMITED, Description.NONE));
    }

    public static LedgerEntry revoke(TokenStore store, String name) {
        return append(store, new Change.Revoke(new TokenName(name), Precondition.NONE));
    }

    public static LedgerEntry rotate(TokenStore store, String name) {
        return append(
                store,
                new Rotation.Begin(
                        new TokenName(name),
                        TokenSecret.presented("new secret of " + name).digest(),
                        GracePeriod.NONE,
                        Optional.empty(),
                        Precondition.NONE));
    }

    private static LedgerEntry append(TokenStore store, Change change) {
        return store.append(tokens -> change.decide(tokens, new Actor.FileOwner(), NOW));
    }

    /** Runs SQL on a file without the store. */
    public static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** The value in the only row and first column of a query. */
    public static String query(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
