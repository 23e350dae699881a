package io.latchkey.cli.command;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as it is described to picocli, for whatever tells about it elsewhere: shells and manuals.
 *
 * @param path the words that lead to it, without {@code latchkey}
 */
public record CommandDescription(String path, CommandSpec spec) {
    /** The command that shows the help of others. */
    public static final String HELP = "help";

    /** A command and all behind it, each before what it leads to. */
    public static List<CommandDescription> all(CommandSpec root) {
        return new CommandDescription("", root).andMembers().toList();
    }

    private Stream<CommandDescription> andMembers() {
        return Stream.concat(Stream.of(this), members().stream().flatMap(CommandDescription::andMembers));
    }

    /** The commands that it leads to. */
    public List<CommandDescription> members() {
        return spec.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(member -> !member.usageMessage().hidden())
                .map(member -> new CommandDescription((path + " " + member.name()).strip(), member))
                .toList();
    }

    /** How the next word is understood behind its words: behind those of help as if they were not there. */
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

    /** What it is about. */
    public String about() {
        return sentence(spec.usageMessage().description());
    }

    /** What an option or a command is for, in one line. */
    public static String sentence(String... description) {
        return String.join(" ", description).replace("%%", "%");
    }

    /** The beginning of a sentence, before the first thing that it adds: shells have one line for it, or less. */
    public static String brief(String sentence) {
        return sentence.split("; |: | \\(|, such as|\\.$", 2)[0];
    }
}
