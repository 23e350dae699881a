package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's library, where it comes out of a jar: as the executable jar has it, and not the image. */
class NativeLibraryIT {
    @TempDir
    Path home;

    private ChildProcess.Result create(Path temporary) throws Exception {
        return new ChildProcess(home)
                .with("-Djava.io.tmpdir=" + temporary)
                .with("-Duser.home=" + home)
                .run("create", "token", "--admin");
    }

    @Test
    void leaves_no_copy_behind() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("tmp"));
        assertThat(create(temporary).err()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void is_loaded_from_another_folder_where_there_is_no_temporary_one() throws Exception {
        ChildProcess.Result result = create(home.resolve("missing"));
        assertThat(result.code()).as(result.err()).isZero();
        try (var left = Files.list(home)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".local");
        }
    }

    @Test
    void is_loaded_once_whatever_is_asked_first() throws Exception {
        ChildProcess latchkey = new ChildProcess(home);
        assertThat(latchkey.run("create", "token", "--admin").code()).isZero();
        for (int i = 0; i < 5; i++) {
            ChildProcess.Result result = latchkey.run("query", "SELECT name FROM system.tokens WHERE token_id = 0");
            assertThat(result.code()).as(result.err()).isZero();
        }
    }
}
