package io.latchkey.cli.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How resource tokens get into a file for a server. */
class PermissionTokensWriterTest {
    private static final TokenSecret SECRET = TokenSecret.presented("apiv3_" + "x".repeat(86));

    @TempDir
    Path dir;

    private Path file() {
        return dir.resolve("tokens.json");
    }

    private void add(String name, List<String> databases, String... permissions) {
        new PermissionTokensWriter(
                        new OutputFile(file(), Existing.REPLACED), Permissions.parse(List.of(permissions)), databases)
                .write(new OfflineToken(
                        new TokenName(name),
                        SECRET,
                        Expiry.at(Instant.ofEpochMilli(1893456000000L)),
                        new Description("say \"hi\"")));
    }

    private List<String> names() {
        return PermissionTokensFile.read(file()).stream()
                .map(token -> token.name().value())
                .toList();
    }

    @Test
    void makes_the_file_of_influxdb() throws IOException {
        add("token-1", List.of("db1", "db2"), "db:db2,db1:write,read", "db:db3:read");
        assertThat(file()).hasContent("""
                {
                  "create_databases": ["db1", "db2"],
                  "tokens": [
                    {
                      "token": "%s",
                      "name": "token-1",
                      "expiry_millis": 1893456000000,
                      "description": "say \\"hi\\"",
                      "permissions": ["db:db1,db2:read,write", "db:db3:read"]
                    }
                  ]
                }
                """.formatted(SECRET.reveal()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        Change.Register read = PermissionTokensFile.read(file()).getFirst();
        assertThat(read.digest()).isEqualTo(SECRET.digest());
        assertThat(read.attributes().rights().texts()).containsExactly("db:db1,db2:read,write", "db:db3:read");
    }

    @Test
    void adds_to_the_end_and_leaves_nothing_beside_it() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            add(name, List.of(), "db:a:read");
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        add("d", List.of());
        assertThat(names()).containsExactly("a", "b", "c", "d");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"more\":[1],\"tokens\":[]}",
                "{\"create_databases\":[\"x\",\"a\"],\"more\":[1],\"tokens\":[]}",
                " {\"tokens\":[],\"more\":[1], \"create_databases\": null } ",
                "\uFEFF{\"tokens\" : [ ] , \"create_databases\" : [ ],\"more\":[1]}",
            })
    void keeps_what_is_there(String text) throws IOException {
        Files.writeString(file(), text);
        add("ci", List.of("a", "é"), "db:a:read");
        String written = Files.readString(file());
        assertThat(written).contains("\"more\":[1]");
        assertThat(PermissionTokensParser.of(written).databases())
                .endsWith("é")
                .contains("a")
                .doesNotHaveDuplicates();
        assertThat(names()).containsExactly("ci");
    }

    @Test
    void does_not_touch_a_file_with_that_name_or_that_is_something_else() throws IOException {
        add("ci", List.of(), "db:a:read");
        String before = Files.readString(file());
        assertThatThrownBy(() -> add("ci", List.of(), "db:b:read"))
                .isInstanceOf(TokenFailure.NameTaken.class)
                .hasMessage("token name already exists, ci");
        assertThat(file()).hasContent(before);
        for (String other : List.of(
                "", "{\"tokens\":[", "{\"token\":\"" + SECRET.reveal() + "\",\"name\":\"ci\"}", " ".repeat(4194305))) {
            Files.writeString(file(), other);
            assertThatThrownBy(() -> add("ci", List.of()))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageStartingWith("cannot add a token to " + file() + ", which stays as it is: ")
                    .hasMessageNotContaining("xxx");
            assertThat(Files.readString(file())).isEqualTo(other);
        }
    }
}
