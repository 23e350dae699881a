package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadFileTest {
    private static final String INSTANCE = "0b0d4f2a-1111-4222-8333-444444444444";
    private static final Head HEAD = new Head(2, 7, "ab".repeat(32));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("newest-entry");
    }

    @Test
    void remembers_the_head_of_a_database() throws IOException {
        HeadFile written = new HeadFile(folder);
        assertThat(written.read(INSTANCE)).isEqualTo(Head.NONE);
        written.write(HEAD);
        assertThat(new HeadFile(folder).read(INSTANCE)).isEqualTo(HEAD);
        assertThat(new HeadFile(folder).read(INSTANCE.replace('0', '1'))).isEqualTo(Head.NONE);
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", INSTANCE, INSTANCE + " 2 7 abab\n", INSTANCE + " 2 7 \n\n"})
    void refuses_a_damaged_file(String content) throws IOException {
        Files.writeString(file(), content);
        assertThatThrownBy(() -> new HeadFile(folder).read(INSTANCE))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("is damaged");
        assertThat(file()).hasContent(content);
    }
}
