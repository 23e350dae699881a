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

/** A look at the names in a database file while somebody types one: nothing is made, brought up to date or waited for. */
record NamesInFile(Path file) {
    private static final String SELECT = "SELECT name FROM token WHERE name >= ? AND name < ? ORDER BY name LIMIT ?";

    /** U+10FFFF, which is no character, so that no name has it. */
    private static final String LAST = "\uDBFF\uDFFF";

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
     * Through what those who use it share with each other, if they do; else SQLite is told that nobody changes it. Either
     * way it makes nothing beside the file.
     */
    private SqliteConnection connect() throws SQLException {
        if (!Files.isRegularFile(file)) {
            throw new AuthorityUnavailable("there is no file " + file);
        }
        DatabaseNames names = new DatabaseNames(file);
        Path log = names.beside(DatabaseNames.WAL);
        boolean shared = Files.exists(log) && Files.exists(names.beside(DatabaseNames.SHM));
        if (!shared && log.toFile().length() > 0) {
            throw new AuthorityUnavailable(log + " holds changes, and what tells of them is gone");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        return new SqliteConnection(
                SqliteFile.uri(file) + (shared ? "?mode=ro&readonly_shm=1" : "?mode=ro&immutable=1"),
                config.toProperties());
    }
}
