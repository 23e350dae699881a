package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database, as the distribution's {@code sqlite3} finds it. */
class SqliteProgramIT {
    @TempDir
    Path home;

    private ChildProcess latchkey;

    @BeforeEach
    void some_tokens() throws Exception {
        DebianProgram.need("sqlite3");
        latchkey = new ChildProcess(home);
        for (String[] command : new String[][] {
            {"create", "token", "--admin", "--format", "token"},
            {"create", "token", "--admin", "--name", "ci", "--description", "two; 'quoted' and \"so\" ü"},
            {"create", "token", "--admin", "--name", "gone"},
            {"rotate", "token", "--token-name", "ci", "--grace", "1h"},
            {"delete", "token", "--token-name", "gone", "--yes"},
        }) {
            assertThat(latchkey.run(command).code())
                    .as(String.join(" ", command))
                    .isZero();
        }
    }

    private static String sqlite(Path file, String sql) throws Exception {
        return DebianProgram.run(Path.of("/dev/null"), "sqlite3", "-batch", file.toString(), sql);
    }

    @Test
    void it_finds_everything_in_order() throws Exception {
        assertThat(sqlite(latchkey.file(), "PRAGMA integrity_check")).isEqualTo("ok\n");
        assertThat(sqlite(latchkey.file(), "PRAGMA foreign_key_check")).isEmpty();
        assertThat(latchkey.run("verify", "ledger").code()).isZero();
    }

    @Test
    void its_dump_loads_and_is_the_same_database() throws Exception {
        String marks = "PRAGMA application_id = %s; PRAGMA user_version = %s;\n"
                .formatted(
                        sqlite(latchkey.file(), "PRAGMA application_id").strip(),
                        sqlite(latchkey.file(), "PRAGMA user_version").strip());
        Path dump = home.resolve("dump.sql");
        Files.writeString(dump, marks + sqlite(latchkey.file(), ".dump"));
        Path loaded = home.resolve("loaded.db");
        assertThat(DebianProgram.run(dump, "sqlite3", "-batch", "-bail", loaded.toString()))
                .isEmpty();
        ChildProcess.Result verified = latchkey.run("verify", "ledger", "--db", loaded.toString());
        assertThat(verified).isEqualTo(latchkey.run("verify", "ledger"));
        assertThat(verified.code()).isZero();
        assertThat(latchkey.run("export", "tokens", "--db", loaded.toString()))
                .isEqualTo(latchkey.run("export", "tokens"));
    }
}
