package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SerialConnectionTest {
    private static final int NORMAL = 1;

    @TempDir
    Path folder;

    @Test
    void each_connection_is_prepared_once_also_after_a_failure() {
        AtomicInteger prepared = new AtomicInteger();
        try (SerialConnection lane = new SerialConnection(new SqliteFile(folder.resolve("latchkey.db")), connection -> {
            prepared.incrementAndGet();
            return execute(connection, "PRAGMA synchronous = NORMAL");
        })) {
            assertThat(lane.write(SerialConnectionTest::synchronous)).isEqualTo(NORMAL);
            assertThat(lane.read(SerialConnectionTest::synchronous)).isEqualTo(NORMAL);
            assertThat(prepared).hasValue(1);
            assertThatThrownBy(() -> lane.call(connection -> execute(connection, "nonsense")))
                    .isInstanceOf(AuthorityUnavailable.class);
            assertThat(lane.write(SerialConnectionTest::synchronous)).isEqualTo(NORMAL);
            assertThat(prepared).hasValue(2);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static int synchronous(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
            return row.getInt(1);
        }
    }
}
