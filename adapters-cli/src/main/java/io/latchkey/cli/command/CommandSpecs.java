package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How commands and their options are described to picocli. */
public final class CommandSpecs {
    private static final List<Variable> COLOUR_VARIABLES =
            List.of(Variable.NO_COLOR, Variable.CLICOLOR_FORCE, Variable.CLICOLOR, Variable.DEBUG);

    private static final List<Variable> SCREEN_VARIABLES =
            List.of(Variable.NO_COLOR, Variable.CLICOLOR_FORCE, Variable.CLICOLOR, Variable.COLUMNS, Variable.DEBUG);

    private CommandSpecs() {}

    /** A command that leads to others. */
    public static CommandSpec group(CommandSpec group, CommandSpec... members) {
        for (CommandSpec member : members) {
            group.addSubcommand(member.name(), member);
        }
        return group;
    }

    /** A command, with what all of them have in common. */
    public static CommandSpec command(Command command, String name, String about) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.name(name)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help")
                        .build());
        spec.usageMessage()
                .width(100)
                .abbreviateSynopsis(true)
                .description(about)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .sortOptions(false)
                .sortSynopsis(false);
        return spec;
    }

    /** An option that is there or not. */
    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .description(description)
                .build();
    }

    /** An option with a value, which the command itself parses: its refusals say more than a converter's. */
    public static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** The same, which may be given several times. */
    public static OptionSpec values(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String[].class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option whose value is the name of a constant, which shells offer. */
    public static <E extends Enum<E>> OptionSpec choice(
            Class<E> constants, String label, String description, String... names) {
        return OptionSpec.builder(value(label, description, names))
                .completionCandidates(Arguments.names(constants))
                .build();
    }

    /** Options that say which file is meant. */
    public static void addFile(CommandSpec spec) {
        spec.addOption(withVariables(
                value("<FILE>", "Database file (default: latchkey/latchkey.db in the user's data folder)", "--db"),
                "LATCHKEY_DB"));
        spec.addOption(value("<DIR>", "Folder of the database file latchkey.db", "--data-dir"));
    }

    /** The option, for which environment variables stand where it is not given; the first that is set counts. */
    public static OptionSpec withVariables(OptionSpec option, String... names) {
        return new OptionVariables(List.of(names), Optional.empty(), Optional.empty()).addedTo(option);
    }

    /** The same, of a variable that help describes in other words than "the same as" the option. */
    public static OptionSpec withVariable(OptionSpec option, String name, String meaning) {
        return new OptionVariables(List.of(name), Optional.of(meaning), Optional.empty()).addedTo(option);
    }

    /**
     * The same, of an option that may be repeated.
     *
     * @param separator between values in the variable, a regular expression
     */
    public static OptionSpec withListVariable(OptionSpec option, String name, String separator, String meaning) {
        return new OptionVariables(List.of(name), Optional.of(meaning), Optional.of(separator)).addedTo(option);
    }

    /** Ends the help of a command with examples and the variables that it reads. */
    public static CommandSpec withExamples(CommandSpec spec, String... examples) {
        return withExamples(spec, List.of(Variable.DEBUG), examples);
    }

    /** The same of a command that colours what it prints on a terminal. */
    public static CommandSpec withExamplesInColour(CommandSpec spec, String... examples) {
        return withExamples(spec, COLOUR_VARIABLES, examples);
    }

    /** The same of a command that also fits what it prints to the width of a terminal. */
    public static CommandSpec withExamplesOnScreen(CommandSpec spec, String... examples) {
        return withExamples(spec, SCREEN_VARIABLES, examples);
    }

    /** The same of a command that reads some more variables. */
    public static CommandSpec withExamples(CommandSpec spec, List<Variable> others, String... examples) {
        String[] footer = new String[examples.length + 1];
        footer[0] = "Examples:";
        System.arraycopy(examples, 0, footer, 1, examples.length);
        spec.usageMessage().footerHeading("%n").footer(footer);
        new EnvironmentSection(spec, others).add();
        return spec;
    }

    private static String[] rest(String... names) {
        return Arrays.copyOfRange(names, 1, names.length);
    }
}
