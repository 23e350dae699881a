package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real shells offer, with the scripts that they are told. */
class CompletionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void there_are_files() throws Exception {
        for (String shell : Arguments.names(Shell.class)) {
            var out = new StringWriter();
            var environment = new Environment(
                    Map.of(), InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(out), () -> false);
            assertThat(Main.run(environment, new Assembly(), "completion", shell))
                    .isZero();
            Files.writeString(folder.resolve("script." + shell), out.toString());
        }
        Files.createDirectory(folder.resolve("my folder"));
        Files.createFile(folder.resolve("my file"));
    }

    private List<String> bash(String... words) throws Exception {
        String line = "('latchkey' '" + String.join("' '", words) + "')";
        return new Program("bash")
                .run(folder, "--norc", "-c", """
                        set -u
                        . ./script.bash
                        COMP_WORDS=%s
                        COMP_CWORD=%d
                        COMPREPLY=()
                        _latchkey
                        for word in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do echo "$word"; done
                        """.formatted(line, words.length))
                .lines()
                .toList();
    }

    private List<String> fish(String line) throws Exception {
        return new Program("fish")
                .run(folder, "--no-config", "-c", "source script.fish; complete -C '" + line + "'")
                .lines()
                .map(offer -> offer.split("\t", 2)[0])
                .toList();
    }

    /** The line after a tab, typed into a terminal. */
    private String zsh(String line) throws Exception {
        new Program("zsh").run(folder, "-f", "-c", """
                        zmodload zsh/zpty
                        zpty terminal zsh -f -i
                        zpty -w terminal 'autoload -Uz compinit; compinit -u -D; . ./script.zsh'
                        zpty -w terminal 'probe() { zle expand-or-complete; print -r -- "$BUFFER" > line; BUFFER=exit; zle accept-line }'
                        zpty -w terminal 'zle -N probe; bindkey "^I" probe'
                        zpty -n -w terminal $'%s\\t'
                        while zpty -r terminal; do :; done
                        """.formatted(line));
        return Files.readString(folder.resolve("line")).replace("\n", "");
    }

    @Test
    void bash_offers_commands_and_what_follows_them() throws Exception {
        assertThat(bash(""))
                .contains("create", "show", "scan", "serve", "completion")
                .doesNotContain("--help");
        assertThat(bash("s")).containsExactly("show", "scan", "serve");
        assertThat(bash("show", "")).containsExactly("tokens", "ledger");
        assertThat(bash("completion", "")).containsExactly("bash", "zsh", "fish");
    }

    @Test
    void bash_offers_the_options_of_the_command_and_no_others() throws Exception {
        assertThat(bash("create", "token", "--re")).containsExactly("--regenerate");
        assertThat(bash("create", "token", "--name", "show", "--for")).containsExactly("--force", "--format");
        assertThat(bash("serve", "--reg")).isEmpty();
        assertThat(bash("create", "--")).containsExactly("--help");
    }

    @Test
    void bash_offers_the_values_of_options() throws Exception {
        assertThat(bash("show", "tokens", "--format", "")).containsExactly("pretty", "json", "jsonl", "csv");
        assertThat(bash("show", "tokens", "--format", "=", "j")).containsExactly("json", "jsonl");
        assertThat(bash("show", "tokens", "--format", "=")).containsExactly("pretty", "json", "jsonl", "csv");
        assertThat(bash("serve", "--log-format", "j")).containsExactly("json");
        assertThat(bash("create", "token", "--name", "")).isEmpty();
    }

    @Test
    void bash_offers_files_and_folders_as_they_are_named() throws Exception {
        assertThat(bash("show", "tokens", "--db", "my")).containsExactlyInAnyOrder("my file", "my folder");
        assertThat(bash("show", "tokens", "-o", "my f")).containsExactlyInAnyOrder("my file", "my folder");
        assertThat(bash("serve", "--data-dir", "my")).containsExactly("my folder");
        assertThat(bash("show", "tokens", "--token", "@my fi")).containsExactly("@my file");
        assertThat(bash("show", "tokens", "--token", "my")).isEmpty();
        assertThat(bash("serve", "--webhook-secret", "@my fi")).containsExactly("@my file");
    }

    @Test
    void fish_offers_the_same() throws Exception {
        assertThat(fish("latchkey ")).contains("create", "show", "scan", "serve", "completion");
        assertThat(fish("latchkey s")).containsExactlyInAnyOrder("show", "scan", "serve");
        assertThat(fish("latchkey completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        assertThat(fish("latchkey create token --re")).containsExactly("--regenerate");
        assertThat(fish("latchkey show tokens --format ")).containsExactlyInAnyOrder("pretty", "json", "jsonl", "csv");
        assertThat(fish("latchkey show tokens --format=j"))
                .containsExactlyInAnyOrder("--format=json", "--format=jsonl");
        assertThat(fish("latchkey create token --name ")).isEmpty();
        assertThat(fish("latchkey serve --db my")).containsExactlyInAnyOrder("my file", "my folder/");
        assertThat(fish("latchkey serve --data-dir my")).containsExactly("my folder/");
        assertThat(fish("latchkey show tokens --token @script.f")).containsExactly("@script.fish");
    }

    @Test
    void zsh_completes_the_same() throws Exception {
        assertThat(zsh("latchkey cr")).isEqualTo("latchkey create ");
        assertThat(zsh("latchkey create ")).isEqualTo("latchkey create token ");
        assertThat(zsh("latchkey create token --reg")).isEqualTo("latchkey create token --regenerate ");
        assertThat(zsh("latchkey create token --name show --form"))
                .isEqualTo("latchkey create token --name show --format=");
        assertThat(zsh("latchkey show tokens --format p")).isEqualTo("latchkey show tokens --format pretty ");
        assertThat(zsh("latchkey show tokens --format=c")).isEqualTo("latchkey show tokens --format=csv ");
        assertThat(zsh("latchkey completion f")).isEqualTo("latchkey completion fish ");
        assertThat(zsh("latchkey serve --data-dir my")).isEqualTo("latchkey serve --data-dir my\\ folder/");
        assertThat(zsh("latchkey serve --db script.f")).isEqualTo("latchkey serve --db script.fish ");
        assertThat(zsh("latchkey show tokens --token @script.f"))
                .isEqualTo("latchkey show tokens --token @script.fish ");
    }
}
