package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Reads token names from a database file for shell completion: creates and migrates nothing, and waits for no lock. */
record NamesInFile(Path file) {
    private static final String SELECT = "SELECT name FROM token WHERE name >= ? AND name < ? ORDER BY name LIMIT ?";

    /** U+10FFFF, the highest code point; it is not a character, so no name contains it. */
    private static final String LAST = "\uDBFF\uDFFF";

    /** Up to {@code most} names with a prefix, in their order; throws {@link AuthorityUnavailable} if they cannot be read. */
    List<TokenName> startingWith(String prefix, int most) {
        try {
            SqliteConnection connection = connect();
            try {
                return Schema.isMarked(connection) ? read(connection, prefix, most) : List.of();
            } finally {
                connection.closeForGood();
            }
        } catch (SQLException e) {
            throw SqliteErrors.with(file, e);
        }
    }

    private static List<TokenName> read(SqliteConnection connection, String prefix, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, prefix);
            select.setString(2, prefix + LAST);
            select.setInt(3, most);
            List<TokenName> names = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(new TokenName(row.getString(1)));
                }
            }
            return names;
        }
    }

    /**
     * Uses the shared memory of the processes that have the database open, if there are any; otherwise opens the file as
     * immutable. In both cases SQLite creates no files beside it.
     */
    private SqliteConnection connect() throws SQLException {
        if (!Files.isRegularFile(file)) {
            throw new AuthorityUnavailable("there is no file " + file);
        }
        DatabaseNames names = new DatabaseNames(file);
        Path log = names.beside(DatabaseNames.WAL);
        boolean shared = Files.exists(log) && Files.exists(names.beside(DatabaseNames.SHM));
        if (!shared && log.toFile().length() > 0) {
            throw new AuthorityUnavailable(log + " contains changes that cannot be read without its -shm file");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        return new SqliteConnection(
                SqliteFile.uri(file) + (shared ? "?mode=ro&readonly_shm=1" : "?mode=ro&immutable=1"),
                config.toProperties());
    }
}
