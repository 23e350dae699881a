package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.table.TerminalText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees on a terminal, a real one, and what a pipe gets that begins there. */
class TerminalIT {
    private static final Path LATCHKEY = Path.of("target/image/bin/latchkey").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void make_tokens() throws Exception {
        var commands = new ChildProcess(folder);
        commands.run("create", "token", "--admin");
        commands.run("create", "token", "--admin", "--name", "ci", "--expiry", "9d", "--description", "鍵".repeat(100));
    }

    /** What a terminal shows of a script. */
    private List<String> seen(String script) throws Exception {
        String shown = new Program("script").run(folder, "--quiet", "--return", "--command", script, "/dev/null");
        assertThat(shown).endsWith("\r\n");
        return shown.replace("\r", "").lines().toList();
    }

    private static String at(int columns, String words) {
        return "stty rows 24 columns " + columns + " && '" + LATCHKEY + "' " + words;
    }

    @Test
    void the_list_is_as_wide_as_the_terminal() throws Exception {
        for (int columns : new int[] {40, 80, 132}) {
            List<String> lines = seen(at(columns, "show tokens"));
            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst()).startsWith("name    state     expires");
            assertThat(lines.getLast()).startsWith("ci      active    in 9 days");
            if (columns > 40) {
                assertThat(lines.getLast()).endsWith("鍵…");
                assertThat(TerminalText.width(lines.getLast())).isBetween(columns - 1, columns);
            }
        }
    }

    @Test
    void a_terminal_that_does_not_know_its_width_is_taken_for_a_usual_one() throws Exception {
        assertThat(TerminalText.width(seen(at(0, "show tokens")).getLast())).isBetween(79, 80);
        assertThat(TerminalText.width(seen("COLUMNS=100 && export COLUMNS && " + at(60, "show tokens"))
                        .getLast()))
                .isBetween(99, 100);
    }

    @Test
    void a_pipe_and_a_chosen_format_get_the_exact_table() throws Exception {
        String border = "+----------+--------+-----------+---";
        assertThat(seen(at(80, "show tokens | cat")).getFirst()).startsWith(border);
        assertThat(seen(at(80, "show tokens --format pretty")).getFirst()).startsWith(border);
        assertThat(seen(at(80, "show tokens --format csv")).getFirst()).startsWith("token_id,name,hash,");
    }

    @Test
    void the_ledger_fits_as_well() throws Exception {
        assertThat(seen(at(60, "show ledger")))
                .hasSize(3)
                .anyMatch(line -> line.matches("ci +issued +(now|\\d+ s ago) +owner:\\w+ *"));
    }

    /** What a terminal shows of a command that asks for a token, and then of whether it shows what is typed. */
    private String asked(String words, String typed) throws Exception {
        Files.writeString(folder.resolve("ask"), """
                trap : INT
                '%s' %s
                echo "code=$?"
                stty -a | tr ' ;' '\\n\\n' | grep -x -e echo -e -echo
                """.formatted(LATCHKEY, words));
        return new Program("zsh").run(folder, "-f", "-c", """
                        zmodload zsh/zpty
                        zpty -e terminal sh ask
                        zpty -r terminal shown '*Token*: *'
                        zpty -n -w terminal $'%s'
                        print -r -- $shown
                        while zpty -r terminal; do :; done
                        """.formatted(typed)).replace("\r", "");
    }

    @Test
    void a_token_is_asked_for_and_not_shown_even_if_the_answer_goes_elsewhere() throws Exception {
        String secret = new ChildProcess(folder)
                .run("create", "token", "--admin", "--name", "typed", "--format", "token")
                .out()
                .strip();
        for (String to : new String[] {"", " >answer"}) {
            assertThat(asked("show tokens --format csv --token -" + to, secret + "\\n")
                            .lines())
                    .contains("Token (not shown): ", "code=0", "echo")
                    .noneMatch(line -> line.contains(secret));
        }
        assertThat(folder.resolve("answer")).content().contains(",typed,");
        assertThat(asked("show tokens --token -", "wrong\\n"))
                .contains("not authenticated", "code=1")
                .doesNotContain("wrong");
    }

    @Test
    void a_terminal_shows_again_what_is_typed_after_ctrl_c() throws Exception {
        assertThat(asked("show tokens --token -", "half of a secret\\x03").lines())
                .contains("code=130", "echo")
                .noneMatch(line -> line.contains("half"));
    }
}
