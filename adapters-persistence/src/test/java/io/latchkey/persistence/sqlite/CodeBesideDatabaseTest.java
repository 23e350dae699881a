package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.OwnerCodes;
import io.latchkey.application.OwnerCodesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeBesideDatabaseTest implements OwnerCodesContract {
    private static final int SOMEBODY = 4321;

    @TempDir
    private Path folder;

    private Path database;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        database = Files.writeString(folder.resolve("a.db"), "");
        file = folder.resolve("a.db-console");
    }

    @Override
    public OwnerCodes codes() {
        return new CodeBesideDatabase(database);
    }

    private String issue() {
        return codes().issue(new SecureRandom(), NOW, ALICE);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private boolean isRoot() throws IOException {
        return Files.getAttribute(database, "unix:uid").equals(0);
    }

    @Test
    void the_file_is_private_holds_no_code_and_disappears() throws IOException {
        String code = issue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .matches("latchkey console\n[0-9a-f]{128}\n2030-01-31T12:01:00Z\nalice\n")
                .doesNotContain(code);
        assertThat(names()).containsExactly("a.db", "a.db-console");
        assertThat(codes().take(code, NOW)).isPresent();
        assertThat(names()).containsExactly("a.db");
    }

    @Test
    void a_wrong_code_leaves_the_file_until_it_is_over() throws IOException {
        issue();
        assertThat(codes().take("wrong", NOW)).isEmpty();
        assertThat(names()).containsExactly("a.db", "a.db-console");
        assertThat(codes().take("wrong", NOW.plus(OwnerCodes.LIFETIME))).isEmpty();
        assertThat(names()).containsExactly("a.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void a_file_that_others_may_use_is_refused(String mode) throws IOException {
        String code = issue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(codes().take(code, NOW)).isEmpty();
        assertThat(names()).containsExactly("a.db");
    }

    @Test
    void a_file_of_another_user_is_refused() throws IOException {
        assumeTrue(isRoot());
        String code = issue();
        Files.setAttribute(file, "unix:uid", SOMEBODY);
        assertThat(codes().take(code, NOW)).isEmpty();
        assertThat(names()).containsExactly("a.db");
    }

    @Test
    void the_owner_of_the_database_is_given_the_file_that_root_leaves() throws IOException {
        assumeTrue(isRoot());
        Files.setAttribute(database, "unix:uid", SOMEBODY);
        String code = issue();
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(SOMEBODY);
        assertThat(codes().take(code, NOW)).isPresent();
        String roots = issue();
        Files.setAttribute(file, "unix:uid", 0);
        assertThat(codes().take(roots, NOW)).isPresent();
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        String code = issue();
        Path target = Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, target);
        assertThat(codes().take(code, NOW)).isEmpty();
        assertThat(target).exists();
        assertThatThrownBy(this::issue).isInstanceOf(AuthorityUnavailable.class).hasMessageContaining("it is a link");
    }

    @Test
    void a_folder_of_the_name_is_left_alone() throws IOException {
        Files.createDirectory(file);
        assertThat(codes().take("code", NOW)).isEmpty();
        assertThat(file).isDirectory();
        assertThatThrownBy(this::issue)
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void a_large_file_is_left_alone() throws IOException {
        String code = issue();
        String large = Files.readString(file) + "x".repeat(CodeBesideDatabase.LARGEST);
        Files.writeString(file, large);
        assertThat(codes().take(code, NOW)).isEmpty();
        assertThatThrownBy(this::issue)
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("is no code of the console");
        assertThat(file).hasContent(large);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n\n",
                "latchkey console",
                "latchkey console\nnot hex\n2030-01-31T12:01:00Z\nalice\n",
                "latchkey console\n00\nnow\nalice\n",
                "latchkey console\n00\n+1000000000-12-31T23:59:59Z\nalice\nmore\n"
            })
    void garbage_is_refused_and_deleted(String text) throws IOException {
        issue();
        Files.writeString(file, text);
        assertThat(codes().take("code", NOW)).isEmpty();
        assertThat(names()).containsExactly("a.db");
    }

    @Test
    void a_changed_line_is_refused() throws IOException {
        for (int line = 0; line < 3; line++) {
            String code = issue();
            String[] lines = Files.readString(file).split("\n", -1);
            lines[line] = lines[line].replace('0', 'x').replace('a', 'x');
            Files.writeString(file, String.join("\n", lines));
            assertThat(codes().take(code, NOW)).as("line " + line).isEmpty();
        }
    }

    @Test
    void a_link_to_the_database_has_the_file_beside_its_target() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), database);
        String code = new CodeBesideDatabase(link).issue(new SecureRandom(), NOW, ALICE);
        assertThat(file).exists();
        assertThat(codes().take(code, NOW)).isPresent();
    }
}
