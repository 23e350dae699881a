package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Helpers to describe commands and options to picocli. */
public final class CommandSpecs {
    private static final List<Variable> COLOUR_VARIABLES =
            List.of(Variable.NO_COLOR, Variable.CLICOLOR_FORCE, Variable.CLICOLOR, Variable.DEBUG);

    private static final List<Variable> SCREEN_VARIABLES =
            List.of(Variable.NO_COLOR, Variable.CLICOLOR_FORCE, Variable.CLICOLOR, Variable.COLUMNS, Variable.DEBUG);

    private CommandSpecs() {}

    /** A command with subcommands. */
    public static CommandSpec group(CommandSpec group, CommandSpec... members) {
        for (CommandSpec member : members) {
            group.addSubcommand(member.name(), member);
        }
        return group;
    }

    /** A command with the settings that all commands share. */
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

    /** An option without a value. */
    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .description(description)
                .build();
    }

    /**
     * An option with a value, which the command parses itself, for better error messages than picocli's converters.
     */
    public static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option with a value that may be repeated. */
    public static OptionSpec values(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String[].class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option whose value is a constant of an enumeration; shells complete it. */
    public static <E extends Enum<E>> OptionSpec choice(
            Class<E> constants, String label, String description, String... names) {
        return OptionSpec.builder(value(label, description, names))
                .completionCandidates(Arguments.names(constants))
                .build();
    }

    /** Adds the options that select the database file. */
    public static void addFile(CommandSpec spec) {
        spec.addOption(withVariables(
                value(
                        "<FILE>",
                        "Database file, or postgresql://USER@HOST/DATABASE (default: latchkey/latchkey.db in the"
                                + " user's data folder)",
                        "--db"),
                "LATCHKEY_DB"));
        spec.addOption(databasePassword());
        spec.addOption(value("<DIR>", "Folder of the database file latchkey.db", "--data-dir"));
    }

    /** The option {@code --db-password}. */
    public static OptionSpec databasePassword() {
        return withVariables(
                value(
                        "<@FILE>",
                        "File with the password for PostgreSQL (default: PGPASSWORD, or that in .pgpass)",
                        "--db-password"),
                "LATCHKEY_DB_PASSWORD");
    }

    /** Adds environment variables to an option, which are read if it is not given; the first that is set counts. */
    public static OptionSpec withVariables(OptionSpec option, String... names) {
        return new OptionVariables(List.of(names), Optional.empty(), Optional.empty()).addedTo(option);
    }

    /** Adds a variable with its own description in help. */
    public static OptionSpec withVariable(OptionSpec option, String name, String meaning) {
        return new OptionVariables(List.of(name), Optional.of(meaning), Optional.empty()).addedTo(option);
    }

    /**
     * Adds a variable to an option that may be repeated.
     *
     * @param separator regular expression that separates values in the variable
     */
    public static OptionSpec withListVariable(OptionSpec option, String name, String separator, String meaning) {
        return withListVariables(option, List.of(name), separator, meaning);
    }

    /** The same for several variables, of which the first that is set counts. */
    public static OptionSpec withListVariables(
            OptionSpec option, List<String> names, String separator, String meaning) {
        return new OptionVariables(names, Optional.of(meaning), Optional.of(separator)).addedTo(option);
    }

    /** Adds examples and the environment variables to the help of a command. */
    public static CommandSpec withExamples(CommandSpec spec, String... examples) {
        return withExamples(spec, List.of(Variable.DEBUG), examples);
    }

    /** The same for a command with coloured output. */
    public static CommandSpec withExamplesInColour(CommandSpec spec, String... examples) {
        return withExamples(spec, COLOUR_VARIABLES, examples);
    }

    /** The same for a command with coloured output that fits the width of the terminal. */
    public static CommandSpec withExamplesOnScreen(CommandSpec spec, String... examples) {
        return withExamples(spec, SCREEN_VARIABLES, examples);
    }

    /** The same for a command that reads other variables. */
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
