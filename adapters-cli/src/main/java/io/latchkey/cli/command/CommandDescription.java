package io.latchkey.cli.command;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The description of a command, for completion scripts and manual pages.
 *
 * @param path its words, without {@code latchkey}
 */
public record CommandDescription(String path, CommandSpec spec) {
    /** The name of the help command. */
    public static final String HELP = "help";

    /** A command and all its subcommands, parents first. */
    public static List<CommandDescription> all(CommandSpec root) {
        return new CommandDescription("", root).andMembers().toList();
    }

    private Stream<CommandDescription> andMembers() {
        return Stream.concat(Stream.of(this), members().stream().flatMap(CommandDescription::andMembers));
    }

    /** Its visible subcommands. */
    public List<CommandDescription> members() {
        return spec.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(member -> !member.usageMessage().hidden())
                .map(member -> new CommandDescription((path + " " + member.name()).strip(), member))
                .toList();
    }

    /** The path that the next word belongs to; after {@code help}, that of the root command. */
    public String next() {
        return path.equals(HELP) ? "" : path;
    }

    /** Its options, in the order of its help. */
    public List<OptionSpec> options() {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** Whether an option is followed by a value. */
    public static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** Its description. */
    public String about() {
        return sentence(spec.usageMessage().description());
    }

    /** A description in one line. */
    public static String sentence(String... description) {
        return String.join(" ", description).replace("%%", "%");
    }

    /** The first clause of a description, since shells show at most one line. */
    public static String brief(String sentence) {
        return sentence.split("; |: | \\(|, such as|\\.$", 2)[0];
    }
}
