package io.latchkey.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.Product;
import io.latchkey.cli.Program;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.terminal.Environment;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real shells offer, with the scripts that they are told; where it depends on the terminal, on one of theirs. The
 * names of tokens come from a program that stands for the built one.
 */
class CompletionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void there_are_files() throws Exception {
        for (String shell : Arguments.names(Shell.class)) {
            var out = new StringWriter();
            var environment = new Environment(
                    Map.of(), InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(out), () -> false);
            assertThat(Product.run(environment, "completion", shell)).isZero();
            Files.writeString(folder.resolve("script." + shell), out.toString());
        }
        Files.writeString(folder.resolve("latchkey"), """
                        #!/bin/sh
                        echo "$@" >>'%1$s/asked'
                        cat '%1$s/names'
                        echo 'something went wrong' >&2
                        """.formatted(folder))
                .toFile()
                .setExecutable(true);
        Files.writeString(folder.resolve("names"), "");
        Files.createDirectory(folder.resolve("my folder"));
        Files.createFile(folder.resolve("my file"));
    }

    /** What is offered at the end of a line, of which readline would replace the last piece. */
    private List<String> bash(String line, String replaced) throws Exception {
        return new Program("bash")
                .run(folder, "--norc", "-c", """
                        set -u
                        . ./script.bash
                        COMP_LINE='latchkey %s'
                        COMP_POINT=${#COMP_LINE}
                        COMPREPLY=()
                        _latchkey latchkey '%s'
                        for word in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do echo "$word"; done
                        """.formatted(line, replaced))
                .lines()
                .toList();
    }

    private List<String> bash(String line) throws Exception {
        return bash(line, line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Lines after a tab, typed into a terminal of a shell. */
    private List<String> typed(String shell, String preparation, String key, String probe, String... lines)
            throws Exception {
        Files.writeString(folder.resolve("lines"), String.join("\n", lines) + "\n");
        Files.writeString(folder.resolve("typed"), "");
        Files.writeString(folder.resolve("preparation"), preparation);
        Files.writeString(folder.resolve("probe"), probe);
        String screen = new Program("zsh").run(folder, "-f", "-c", """
                        zmodload zsh/zpty
                        zpty terminal env PATH='%s':$PATH %s
                        zpty -w terminal 'PS1=; . ./preparation'
                        zpty -w terminal '. ./probe; echo REA''DY'
                        zpty -r terminal shown '*READY*'
                        while IFS= read -r line; do zpty -n -w terminal "$line"$'%s'; done < lines
                        zpty -w terminal exit
                        while zpty -r terminal; do :; done
                        """.formatted(folder, shell, key));
        assertThat(screen).doesNotContain("something went wrong", "not found");
        return Files.readAllLines(folder.resolve("typed"));
    }

    private List<String> bashTyped(String preparation, String... lines) throws Exception {
        return typed(
                "bash --norc --noprofile -i",
                preparation + "\n. ./script.bash\n",
                "\\t\\x14",
                """
                bind 'set enable-bracketed-paste off'
                probe() { printf '%s\\n' "$READLINE_LINE" >>typed; READLINE_LINE=; }
                bind -x '"\\C-t": probe'
                """.replace("\\\\", "\\"),
                lines);
    }

    private List<String> zshTyped(String preparation, String... lines) throws Exception {
        return typed("zsh -f -i", preparation, "\\t", """
                probe() { zle expand-or-complete; print -r -- "$BUFFER" >>typed; BUFFER=; }
                zle -N probe
                bindkey '^I' probe
                """, lines);
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
        return zshTyped("autoload -Uz compinit; compinit -u -D; . ./script.zsh", line)
                .getFirst();
    }

    @Test
    void bash_offers_commands_and_what_follows_them() throws Exception {
        assertThat(bash(""))
                .contains("create", "show", "scan", "serve", "completion")
                .doesNotContain("--help", CompletionNames.NAME);
        assertThat(bash("s")).containsExactly("show", "scan", "serve");
        assertThat(bash("show ")).containsExactly("tokens", "token", "ledger", "nodes");
        assertThat(bash("completion ")).containsExactly("bash", "zsh", "fish");
        assertThat(bash("help cr")).containsExactly("create");
        assertThat(bash("help show ")).containsExactly("tokens", "token", "ledger", "nodes");
    }

    @Test
    void bash_offers_the_options_of_the_command_and_no_others() throws Exception {
        assertThat(bash("create token --re")).containsExactly("--regenerate");
        assertThat(bash("create token --name show --for")).containsExactly("--force", "--format");
        assertThat(bash("create token --name \"\" --for")).containsExactly("--force", "--format");
        assertThat(bash("serve --reg")).isEmpty();
        assertThat(bash("create --")).containsExactly("--help");
    }

    @Test
    void bash_offers_the_values_of_options() throws Exception {
        assertThat(bash("show tokens --format ")).containsExactly("pretty", "json", "jsonl", "csv");
        assertThat(bash("create token --permission ")).contains("db:", "tokens:");
        assertThat(bash("why --permission int")).containsExactly("introspection:");
        assertThat(bash("show tokens --format=j", "j")).containsExactly("json", "jsonl");
        assertThat(bash("show tokens --format=j")).containsExactly("--format=json", "--format=jsonl");
        assertThat(bash("show tokens --format=", "")).containsExactly("pretty", "json", "jsonl", "csv");
        assertThat(bash("serve --log-format j")).containsExactly("json");
        assertThat(bash("create token --name ")).isEmpty();
        assertThat(bash("show tokens --token my")).isEmpty();
    }

    /** How bash divides a line is up to its user, and readline replaces more or less of it. */
    @Test
    void bash_completes_the_same_in_a_terminal_however_it_divides_a_line() throws Exception {
        String[] lines = {
            "latchkey show tokens --token @my\\ fi",
            "latchkey show tokens --token @my\\ fo",
            "latchkey show tokens --token \"@my fi",
            "latchkey show tokens --token=@script.f",
            "latchkey serve --webhook-secret @script.f",
            "latchkey show tokens --db=my\\ fi",
            "latchkey show tokens -o my\\ fo",
            "latchkey serve --data-dir my",
            "latchkey show tokens --format=p",
            "latchkey scan script.fish script.z",
            "latchkey export tokens > script.f",
        };
        List<String> completed = List.of(
                "latchkey show tokens --token @my\\ file ",
                "latchkey show tokens --token @my\\ folder/",
                "latchkey show tokens --token \"@my file\" ",
                "latchkey show tokens --token=@script.fish ",
                "latchkey serve --webhook-secret @script.fish ",
                "latchkey show tokens --db=my\\ file ",
                "latchkey show tokens -o my\\ folder/",
                "latchkey serve --data-dir my\\ folder/",
                "latchkey show tokens --format=pretty ",
                "latchkey scan script.fish script.zsh ",
                "latchkey export tokens > script.fish ");
        for (String division : new String[] {"", "COMP_WORDBREAKS=${COMP_WORDBREAKS//[@=:]/}"}) {
            assertThat(bashTyped(division, lines))
                    .as(division)
                    .extracting(line -> line.replace("\\@", "@").replace("\\=", "="))
                    .isEqualTo(completed);
        }
    }

    /** Whatever is in a name, the completed line means it, and nothing of it is run. */
    @ParameterizedTest
    @ValueSource(
            strings = {"my name", "stage:api", "x@y", "k=v", "$(touch run)", "`touch run`", "it's", "a\"b", "zoë", "!1"
            })
    void bash_and_zsh_offer_names_of_tokens_and_quote_them(String name) throws Exception {
        Files.writeString(folder.resolve("names"), name + "\n");
        for (String line : List.of(
                bashTyped("", "latchkey update token --token-name ").getFirst(),
                bashTyped("", "latchkey update token --token-name=").getFirst().replace("--token-name=", ""),
                zsh("latchkey update token --token-name "))) {
            assertThat(new Program("bash")
                            .run(folder, "--norc", "-c", "eval \"set -- $1\"; printf %s \"${@: -1}\"", "sh", line))
                    .as(line)
                    .isEqualTo(name);
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void bash_completes_the_rest_of_a_name_in_quotes() throws Exception {
        Files.writeString(folder.resolve("names"), "my name\n");
        assertThat(bashTyped(
                        "",
                        "latchkey delete token --token-name my",
                        "latchkey delete token --token-name \"my",
                        "latchkey delete token --token-name 'my n"))
                .containsExactly(
                        "latchkey delete token --token-name my\\ name ",
                        "latchkey delete token --token-name \"my name\" ",
                        "latchkey delete token --token-name 'my name' ");
    }

    @Test
    void shells_ask_for_names_with_what_was_typed_and_only_where_one_that_there_is_must_stand() throws Exception {
        Files.writeString(folder.resolve("names"), "ci\n");
        assertThat(bash("delete token --db \"my file\" --token-name c")).isEmpty(); // none on the PATH
        assertThat(folder.resolve("asked")).doesNotExist();
        bashTyped("", "latchkey delete token --db \"my file\" --token-name c");
        zsh("latchkey delete token --db \"my file\" --token-name c");
        new Program("fish")
                .run(
                        folder,
                        "--no-config",
                        "-c",
                        "set PATH $PWD $PATH; source script.fish;"
                                + " complete -C 'latchkey delete token --db \"my file\" --token-name c'");
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .hasSize(3)
                .containsOnly("__complete -- delete token --db my file --token-name c");
        assertThat(bashTyped("", "latchkey show token c")).containsExactly("latchkey show token ci ");
        assertThat(zsh("latchkey show token c")).isEqualTo("latchkey show token ci ");
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(5);
        bashTyped("", "latchkey create token --name ", "latchkey update token --token-name x --name ");
        zshTyped("autoload -Uz compinit; compinit -u -D; . ./script.zsh", "latchkey create token --name ");
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(5);
    }

    @Test
    void fish_offers_the_same() throws Exception {
        assertThat(fish("latchkey ")).contains("create", "show", "scan", "serve", "completion");
        assertThat(fish("latchkey s")).containsExactlyInAnyOrder("show", "scan", "serve");
        assertThat(fish("latchkey completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        assertThat(fish("latchkey help create ")).containsExactly("token");
        assertThat(fish("latchkey create token --re")).containsExactly("--regenerate");
        assertThat(fish("latchkey show tokens --format ")).containsExactlyInAnyOrder("pretty", "json", "jsonl", "csv");
        assertThat(fish("latchkey update token --permission int")).containsExactly("introspection:");
        assertThat(fish("latchkey show tokens --format=j"))
                .containsExactlyInAnyOrder("--format=json", "--format=jsonl");
        assertThat(fish("latchkey create token --name ")).isEmpty();
        assertThat(fish("latchkey serve --db my")).containsExactlyInAnyOrder("my file", "my folder/");
        assertThat(fish("latchkey serve --data-dir my")).containsExactly("my folder/");
        assertThat(fish("latchkey show tokens --token @script.f")).containsExactly("@script.fish");
    }

    @Test
    void fish_offers_names_of_tokens_and_files() throws Exception {
        Files.writeString(folder.resolve("names"), "ci\nmy name\n");
        String there = "latchkey update token --token-name ";
        assertThat(new Program("fish")
                        .run(
                                folder,
                                "--no-config",
                                "-c",
                                "set PATH $PWD $PATH; source script.fish; complete -C '" + there + "'"))
                .isEqualTo("ci\tName of the token to update\nmy name\tName of the token to update\n");
        assertThat(fish("latchkey scan script.f")).containsExactly("script.fish");
    }

    /** Many a .zshrc sources before it calls compinit, or does not call it at all. */
    @Test
    void zsh_completes_wherever_its_configuration_sources_the_script() throws Exception {
        for (String configuration : new String[] {
            ". ./script.zsh", ". ./script.zsh; autoload -Uz compinit; compinit -u -D",
        }) {
            assertThat(zshTyped(configuration, "latchkey cr", "latchkey scan script.fish script.z"))
                    .as(configuration)
                    .containsExactly("latchkey create ", "latchkey scan script.fish script.zsh ");
        }
    }

    @Test
    void zsh_completes_the_same() throws Exception {
        assertThat(zsh("latchkey cr")).isEqualTo("latchkey create ");
        assertThat(zsh("latchkey create ")).isEqualTo("latchkey create token ");
        assertThat(zsh("latchkey help cr")).isEqualTo("latchkey help create ");
        assertThat(zsh("latchkey help create ")).isEqualTo("latchkey help create token ");
        assertThat(zsh("latchkey create token --reg")).isEqualTo("latchkey create token --regenerate ");
        assertThat(zsh("latchkey create token --name show --form"))
                .isEqualTo("latchkey create token --name show --format=");
        assertThat(zsh("latchkey show tokens --format p")).isEqualTo("latchkey show tokens --format pretty ");
        assertThat(zsh("latchkey create token --permission int"))
                .isEqualTo("latchkey create token --permission introspection:");
        assertThat(zsh("latchkey show tokens --format=c")).isEqualTo("latchkey show tokens --format=csv ");
        assertThat(zsh("latchkey completion f")).isEqualTo("latchkey completion fish ");
        assertThat(zsh("latchkey serve --data-dir my")).isEqualTo("latchkey serve --data-dir my\\ folder/");
        assertThat(zsh("latchkey serve --db script.f")).isEqualTo("latchkey serve --db script.fish ");
        assertThat(zsh("latchkey show tokens --token @script.f"))
                .isEqualTo("latchkey show tokens --token @script.fish ");
    }
}
