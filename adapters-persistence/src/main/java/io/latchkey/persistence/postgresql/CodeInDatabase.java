package io.latchkey.persistence.postgresql;

import io.latchkey.application.OwnerCode;
import io.latchkey.application.OwnerCodes;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.TokenDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A code in the table {@code owner_code}. Whoever can write the tables could change every token, and so is an owner of the
 * store.
 */
final class CodeInDatabase implements OwnerCodes {
    private static final String PUT = """
            INSERT INTO owner_code (one, digest, ends_at, local_user) VALUES (1, ?, ?, ?)
            ON CONFLICT (one) DO UPDATE SET
                digest = excluded.digest, ends_at = excluded.ends_at, local_user = excluded.local_user
            """;
    private static final String GET = "SELECT digest, ends_at, local_user FROM owner_code";
    private static final String TAKE = "DELETE FROM owner_code RETURNING digest, ends_at, local_user";

    private final PostgresServer server;

    CodeInDatabase(PostgresServer server) {
        this.server = server;
    }

    @Override
    public void leave(OwnerCode code) {
        var _ = PostgresSession.once(server, connection -> {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setBytes(1, code.digest().bytes());
                put.setLong(2, code.end().toEpochMilli());
                Optional<String> user = code.user().map(LocalUser::name);
                if (user.isPresent()) {
                    put.setString(3, user.get());
                } else {
                    put.setNull(3, Types.VARCHAR);
                }
                return put.executeUpdate();
            }
        });
    }

    @Override
    public Optional<OwnerCode> look() {
        return PostgresSession.once(server, connection -> read(connection, GET));
    }

    @Override
    public Optional<OwnerCode> remove() {
        return PostgresSession.once(server, connection -> read(connection, TAKE));
    }

    private static Optional<OwnerCode> read(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            @Nullable String user = row.getString(3);
            return Optional.of(new OwnerCode(
                    TokenDigest.ofBytes(row.getBytes(1)),
                    Instant.ofEpochMilli(row.getLong(2)),
                    user == null ? Optional.empty() : LocalUser.called(user)));
        }
    }
}
