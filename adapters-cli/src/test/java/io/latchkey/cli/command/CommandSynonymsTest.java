package io.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandSynonymsTest {
    private static final CommandLine LATCHKEY = new CommandLine(Product.spec());

    @Test
    void every_word_leads_to_one_command_and_to_one_that_there_is() {
        List<String> words = new ArrayList<>();
        CommandSynonyms.WORDS.forEach((command, others) -> {
            words.addAll(List.of(others.split(" ", -1)));
            CommandLine line = LATCHKEY;
            for (String word : command.split(" ", -1)) {
                if (word.startsWith("--")) {
                    assertThat(line.getCommandSpec().findOption(word))
                            .as(command)
                            .isNotNull();
                } else if (line.getSubcommands().containsKey(word)) {
                    line = line.getSubcommands().get(word);
                }
            }
            assertThat(line.getSubcommands().keySet())
                    .as(command)
                    .matches(members -> members.isEmpty() || command.startsWith("config "));
            assertThat(line).as(command).isNotSameAs(LATCHKEY);
        });
        assertThat(words).doesNotHaveDuplicates();
    }

    @Test
    void a_word_that_is_a_command_stands_for_itself() {
        CommandSynonyms.WORDS.forEach((command, others) -> {
            for (String word : others.split(" ", -1)) {
                if (LATCHKEY.getSubcommands().containsKey(word)) {
                    assertThat(command).startsWith(word + " ");
                }
            }
        });
        assertThat(LATCHKEY.getSubcommands().keySet().stream().collect(Collectors.joining(" ")))
                .contains("create", "help");
    }
}
