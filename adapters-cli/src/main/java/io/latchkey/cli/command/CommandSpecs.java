package io.latchkey.cli.command;

import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How commands and their options are described to picocli. */
public final class CommandSpecs {
    /** What a command on the file alone reads. */
    private static final String[] FILE_VARIABLES = {
        "  LATCHKEY_DB  the same as --db",
    };

    private static final String[] AUTHORITY_VARIABLES = {
        "  LATCHKEY_HOST, INFLUXDB3_HOST_URL     the same as --host",
        "  LATCHKEY_TOKEN, INFLUXDB3_AUTH_TOKEN  the same as --token",
        "  INFLUXDB3_TLS_CA                      the same as --tls-ca",
        "  INFLUXDB3_TLS_NO_VERIFY               true: the same as --tls-no-verify",
        "  LATCHKEY_DB                           the same as --db",
        "  NO_COLOR                              if set, output is never coloured",
        "  LATCHKEY_DEBUG                        if set, failures show where they come from",
    };

    private static final String[] SCREEN_VARIABLES = {
        "  CLICOLOR, CLICOLOR_FORCE              if 0, not coloured; if 1, coloured whatever TERM is",
        "  COLUMNS                               width of the terminal, for what fits itself to it",
    };

    private CommandSpecs() {}

    /** The variables of a command that reads the file only, for its help. */
    public static String[] fileVariables() {
        return FILE_VARIABLES.clone();
    }

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
        spec.addOption(
                value("<FILE>", "Database file (default: latchkey/latchkey.db in the user's data folder)", "--db"));
        spec.addOption(value("<DIR>", "Folder of the database file, latchkey.db", "--data-dir"));
    }

    /** Examples, and the variables that every command on an authority reads. */
    public static CommandSpec withExamples(CommandSpec spec, String... examples) {
        return withExamples(spec, examples, AUTHORITY_VARIABLES);
    }

    /** The same of a command whose answer fits itself to a terminal. */
    public static CommandSpec withExamplesOnScreen(CommandSpec spec, String... examples) {
        return withExamples(
                spec,
                examples,
                Stream.of(AUTHORITY_VARIABLES, SCREEN_VARIABLES)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    /** Examples and variables. */
    public static CommandSpec withExamples(CommandSpec spec, String[] examples, String[] variables) {
        String[] footer = new String[examples.length + variables.length + 3];
        footer[0] = "Examples:";
        System.arraycopy(examples, 0, footer, 1, examples.length);
        footer[examples.length + 1] = "";
        footer[examples.length + 2] = "Environment:";
        System.arraycopy(variables, 0, footer, examples.length + 3, variables.length);
        spec.usageMessage().footerHeading("%n").footer(footer);
        return spec;
    }

    private static String[] rest(String... names) {
        return Arrays.copyOfRange(names, 1, names.length);
    }
}
