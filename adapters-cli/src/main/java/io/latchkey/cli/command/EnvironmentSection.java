package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The section of a command's help with the environment variables that it reads.
 *
 * <p>Made from the options when help is shown, and not before, because each start describes all commands.
 *
 * @param others variables that belong to no option
 */
public record EnvironmentSection(CommandSpec spec, List<Variable> others) implements IHelpSectionRenderer {
    private static final String KEY = "environment";
    private static final List<String> ALL_KEYS = Stream.concat(
                    new UsageMessageSpec().sectionKeys().stream(), Stream.of(KEY))
            .toList();
    private static final int MAX_NAMES = 54;

    /**
     * The description of one or more variables.
     *
     * @param names separated by commas
     */
    public record Entry(String names, String meaning) {}

    void add() {
        spec.usageMessage().sectionKeys(ALL_KEYS).sectionMap().put(KEY, this);
    }

    /** The variables that a command reads, in the order of its options. */
    public static List<Entry> entries(CommandSpec command) {
        return command.usageMessage().sectionMap().get(KEY) instanceof EnvironmentSection section
                ? section.entries()
                : List.of();
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            OptionVariables variables = OptionVariables.of(option);
            if (!variables.names().isEmpty()) {
                entries.addAll(entries(variables.names(), variables.meaning(option)));
            }
        }
        for (Variable variable : others) {
            entries.addAll(entries(variable.names(), variable.meaning()));
        }
        return entries;
    }

    /** One entry, or one for each name if they are too long for the column. */
    private static List<Entry> entries(List<String> names, String meaning) {
        String joined = String.join(", ", names);
        return joined.length() <= MAX_NAMES
                ? List.of(new Entry(joined, meaning))
                : names.stream().map(name -> new Entry(name, meaning)).toList();
    }

    @Override
    public String render(Help help) {
        List<Entry> entries = entries();
        int width = entries.stream().mapToInt(entry -> entry.names().length()).reduce(0, Math::max);
        StringBuilder text = new StringBuilder("\nEnvironment:\n");
        for (Entry entry : entries) {
            text.append("  ")
                    .append(entry.names())
                    .repeat(' ', width - entry.names().length() + 2)
                    .append(entry.meaning())
                    .append('\n');
        }
        return text.toString();
    }
}
