package io.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opens a page in the browser of the user. */
final class DesktopTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:8181/console/sign-in?owner=SECRET&a='b'");

    @TempDir
    private Path session;

    private final List<List<String>> started = new ArrayList<>();

    /** A terminal that notes what is started. */
    private record NotingTerminal(List<List<String>> started, boolean isTerminal) implements Terminal {
        @Override
        public boolean getAsBoolean() {
            return isTerminal;
        }

        @Override
        public void start(List<String> words) {
            started.add(words);
        }
    }

    /** A terminal on a machine without the program. */
    private record BareTerminal() implements Terminal {
        @Override
        public boolean getAsBoolean() {
            return true;
        }

        @Override
        public void start(List<String> words) throws IOException {
            throw new IOException("no such program");
        }
    }

    private static Environment environment(Map<String, String> variables, Terminal terminal) {
        return new Environment(
                variables,
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                terminal);
    }

    private void open(Map<String, String> variables, String system, URI page) {
        new Desktop(environment(variables, new NotingTerminal(started, true)), system).open(page);
    }

    private Map<String, String> with(String display) {
        return Map.of(display, ":0", "XDG_RUNTIME_DIR", session.toString());
    }

    @Test
    void opens_a_private_file_that_leads_on_so_that_no_argument_holds_the_link() throws IOException {
        open(with("DISPLAY"), "Linux", PAGE);
        Path file = session.resolve("latchkey-console.html");
        assertThat(started.getFirst()).isEqualTo(List.of("xdg-open", file.toString()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file)
                .content()
                .contains("content=\"0; url=http://127.0.0.1:8181/console/sign-in?owner=SECRET&amp;a='b'\"");
    }

    @Test
    void a_second_page_replaces_the_first_also_where_a_link_was_put() throws IOException {
        Path victim = Files.writeString(session.resolve("victim"), "kept");
        Files.createSymbolicLink(session.resolve("latchkey-console.html"), victim);
        open(with("WAYLAND_DISPLAY"), "Linux", PAGE);
        open(with("WAYLAND_DISPLAY"), "Linux", URI.create("https://tokens.example/console"));
        assertThat(started).hasSize(4);
        assertThat(victim).hasContent("kept");
        assertThat(session.resolve("latchkey-console.html"))
                .content()
                .contains("https://tokens.example/console")
                .doesNotContain("SECRET");
    }

    @Test
    void without_a_session_the_file_is_in_a_private_folder() throws IOException {
        open(Map.of(), "Mac OS X", PAGE);
        List<String> words = started.getFirst();
        assertThat(words.getFirst()).isEqualTo("open");
        Path folder = Path.of(words.get(1)).getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Files.delete(Path.of(words.get(1)));
        Files.delete(folder);
    }

    /** Runs what was started last, with a clock of which a minute passes at once. */
    private int later() throws Exception {
        Path sleep = Files.writeString(
                Files.createDirectories(session.resolve("bin")).resolve("sleep"),
                "#!/bin/sh\necho $1 > \"" + session.resolve("slept") + "\"\n");
        Files.setPosixFilePermissions(sleep, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder program = new ProcessBuilder(started.getLast()).redirectErrorStream(true);
        program.environment().put("PATH", sleep.getParent() + ":/usr/bin:/bin");
        return program.start().waitFor();
    }

    @Test
    void removes_the_file_and_its_folder_when_the_link_is_over() throws Exception {
        open(Map.of(), "Mac OS X", PAGE);
        Path folder = Path.of(started.getFirst().get(1)).getParent();
        assertThat(later()).isZero();
        assertThat(session.resolve("slept")).hasContent("60");
        assertThat(folder).doesNotExist();
    }

    @Test
    void leaves_the_folder_of_the_session() throws Exception {
        open(with("DISPLAY"), "Linux", PAGE);
        assertThat(later()).isZero();
        assertThat(session.resolve("latchkey-console.html")).doesNotExist();
        assertThat(session).isDirectory();
    }

    @Test
    void opens_nothing_without_a_desktop_or_a_terminal() {
        open(Map.of("XDG_RUNTIME_DIR", session.toString()), "Linux", PAGE);
        new Desktop(environment(with("DISPLAY"), new NotingTerminal(started, false)), "Linux").open(PAGE);
        assertThat(started).isEmpty();
        assertThat(session).isEmptyDirectory();
    }

    @Test
    void opens_nothing_but_pages() {
        for (String other : List.of("file:///etc/passwd", "javascript:alert(1)", "/console")) {
            open(with("DISPLAY"), "Linux", URI.create(other));
        }
        assertThat(started).isEmpty();
    }

    @Test
    void says_nothing_if_it_cannot_be_opened() {
        new Desktop(environment(with("DISPLAY"), new BareTerminal()), "Linux").open(PAGE);
        assertThat(session).isEmptyDirectory();
        open(Map.of("DISPLAY", ":0", "XDG_RUNTIME_DIR", "/nowhere"), "Linux", PAGE);
        assertThat(started).isEmpty();
    }
}
