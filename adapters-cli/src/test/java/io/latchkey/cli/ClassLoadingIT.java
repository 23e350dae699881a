package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command loads what it needs. */
class ClassLoadingIT {
    private static final String CONTAINER = "io.micronaut.";
    private static final String LOGGING = "ch.qos.logback.";
    private static final String CLIENT = "io.latchkey.http.";
    private static final String DATABASE = "org.sqlite.";

    @TempDir
    Path home;

    @Test
    void help_starts_nothing() throws Exception {
        assertThat(loadedBy(0, "create", "token", "--help"))
                .noneMatch(name -> name.startsWith(CONTAINER) || name.startsWith(LOGGING));
    }

    @Test
    void a_usage_error_starts_nothing() throws Exception {
        assertThat(loadedBy(2, "create", "token"))
                .noneMatch(name -> name.startsWith(CONTAINER) || name.startsWith(LOGGING));
        assertThat(loadedBy(1, "show", "tokens"))
                .noneMatch(name -> name.startsWith(CONTAINER) || name.startsWith(LOGGING));
    }

    @Test
    void a_command_on_the_file_starts_no_container_and_no_client() throws Exception {
        assertThat(loadedBy(0, "create", "token", "--admin"))
                .anyMatch(name -> name.startsWith(DATABASE))
                .noneMatch(name -> isContainer(name) || name.startsWith(LOGGING) || name.startsWith(CLIENT));
    }

    @Test
    void a_command_elsewhere_starts_no_container_and_no_database() throws Exception {
        assertThat(loadedBy(1, "show", "tokens", "--host", "http://127.0.0.1:1"))
                .anyMatch(name -> name.startsWith(CLIENT))
                .noneMatch(name -> isContainer(name) || name.startsWith(LOGGING) || name.startsWith(DATABASE));
    }

    @Test
    void a_server_that_tells_nobody_does_not_look_for_whom() throws Exception {
        Path log = home.resolve("classes.txt");
        try (var server =
                new ChildProcess(home).with("-Xlog:class+load:file=" + log).serve()) {
            assertThat(server.process().isAlive()).isTrue();
        }
        assertThat(Transcript.read(log).lines())
                .anyMatch(line -> line.contains("io.latchkey.application.TokenAuthority "))
                .noneMatch(line ->
                        line.contains("Notice") && line.contains("io.latchkey.") && !line.contains("ExpiryNotice"));
    }

    /** Micronaut, but for the interfaces and the exception that the repositories share with it. */
    private static boolean isContainer(String name) {
        return name.startsWith(CONTAINER) && !name.startsWith("io.micronaut.data.");
    }

    /** The classes that the virtual machine says it loads, each followed by a space. */
    private List<String> loadedBy(int code, String... args) throws Exception {
        Path log = home.resolve("classes.txt");
        ChildProcess.Result result =
                new ChildProcess(home).with("-Xlog:class+load:file=" + log + "").run(args);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        List<String> names = Transcript.read(log)
                .lines()
                .map(line -> line.substring(line.lastIndexOf("] ") + 2))
                .toList();
        assertThat(names).anyMatch(name -> name.startsWith("io.latchkey.cli.Main "));
        return names;
    }
}
