package io.latchkey.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as it is described to picocli, for whatever tells about it elsewhere: shells and manuals.
 *
 * @param path the words that lead to it, without {@code latchkey}
 */
record Described(String path, CommandSpec spec) {
    /** The command that shows the help of others. */
    static final String HELP = "help";

    /** A command and all behind it, each before what it leads to. */
    static List<Described> all(CommandSpec root) {
        return new Described("", root).andMembers().toList();
    }

    private Stream<Described> andMembers() {
        return Stream.concat(Stream.of(this), members().stream().flatMap(Described::andMembers));
    }

    /** The commands that it leads to. */
    List<Described> members() {
        return spec.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(member -> !member.usageMessage().hidden())
                .map(member -> new Described((path + " " + member.name()).strip(), member))
                .toList();
    }

    /** How the next word is understood behind its words: behind those of help as if they were not there. */
    String next() {
        return path.equals(HELP) ? "" : path;
    }

    /** Its options, in the order of its help. */
    List<OptionSpec> options() {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** Whether an option is followed by a value. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** What it is about. */
    String about() {
        return sentence(spec.usageMessage().description());
    }

    /** What an option or a command is for, in one line. */
    static String sentence(String... description) {
        return String.join(" ", description).replace("%%", "%");
    }

    /** The beginning of a sentence, before the first thing that it adds: shells have one line for it, or less. */
    static String brief(String sentence) {
        return sentence.split("; |: | \\(|, such as|\\.$", 2)[0];
    }
}
