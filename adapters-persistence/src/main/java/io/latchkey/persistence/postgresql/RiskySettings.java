package io.latchkey.persistence.postgresql;

import io.latchkey.application.node.DatabaseRisk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks for settings of a server that endanger acknowledged changes. */
final class RiskySettings {
    private static final String QUERY = """
            SELECT current_setting('server_version_num')::integer,
                current_setting('fsync') = 'off',
                current_setting('full_page_writes') = 'off',
                current_setting('synchronous_standby_names') = '' AND EXISTS (SELECT 1 FROM pg_stat_replication)
            """;

    private RiskySettings() {}

    static List<DatabaseRisk> of(PostgresConnection connection) throws SQLException {
        List<DatabaseRisk> risks = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (isOld(row.getInt(1))) {
                risks.add(DatabaseRisk.OLD_MINOR_VERSION);
            }
            if (row.getBoolean(2)) {
                risks.add(DatabaseRisk.FSYNC_OFF);
            }
            if (row.getBoolean(3)) {
                risks.add(DatabaseRisk.FULL_PAGE_WRITES_OFF);
            }
            if (row.getBoolean(4)) {
                risks.add(DatabaseRisk.ASYNCHRONOUS_STANDBYS);
            }
        }
        return risks;
    }

    /**
     * Whether a version is older than the minor versions of 2025-11-12.
     *
     * @param version as {@code server_version_num} has it, such as 180001 for 18.1
     */
    static boolean isOld(int version) {
        int minor = version % 10_000;
        return switch (version / 10_000) {
            case 14 -> minor < 20;
            case 15 -> minor < 15;
            case 16 -> minor < 11;
            case 17 -> minor < 7;
            case 18 -> minor < 1;
            default -> false;
        };
    }
}
