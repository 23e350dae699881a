package io.latchkey.cli.command;

import io.latchkey.application.NearestName;
import io.latchkey.application.table.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The message for a command line that cannot be parsed: what is wrong, the nearest known word, and where to find help.
 *
 * <p>The nearest word comes from {@link NearestName}, not from picocli's suggestions, which miss {@code --format} for
 * {@code --fromat} and offer {@code rotate} for {@code frobnicate}.
 *
 * @param typed all words of the command line; the exception has only the unmatched ones
 */
public record UsageError(ParameterException failure, List<String> typed) {
    /** The lines for standard error. */
    public String text() {
        CommandSpec spec = failure.getCommandLine().getCommandSpec();
        String name = spec.qualifiedName();
        return "error: " + sentence(spec)
                + "\n\nUsage: " + synopsis(spec)
                + "\nFor more information, try '" + name + " --help'.\n";
    }

    private String sentence(CommandSpec spec) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(failure.getMessage());
        }
        String unknown = unmatched.getUnmatched().getFirst();
        boolean option = unknown.startsWith("-");
        // The value after = may be a secret.
        String word = option ? unknown.split("=", 2)[0] : unknown;
        String shown = "'" + TerminalText.of(word) + "'";
        return (option || spec.subcommands().isEmpty()
                        ? "unexpected argument " + shown + " found"
                        : "unrecognized subcommand " + shown)
                + (option ? NearestName.of(word, options(spec)) : meant(spec, unknown))
                        .map(nearest -> "\n\n  did you mean '" + nearest + "'?")
                        .orElse("");
    }

    /** The command that was probably meant. */
    private Optional<String> meant(CommandSpec spec, String word) {
        List<String> commands = commands(spec);
        if (commands.isEmpty()) {
            return Optional.empty();
        }
        String root = spec.root().name();
        return CommandSynonyms.meant(
                        spec.qualifiedName().substring(root.length()).strip(),
                        typed.subList(Math.max(0, typed.indexOf(word)), typed.size()))
                .map(command -> root + " " + command)
                .or(() -> NearestName.of(word, commands));
    }

    private static String synopsis(CommandSpec spec) {
        String[] custom = spec.usageMessage().customSynopsis();
        return custom.length > 0
                ? String.join("\n", custom)
                : spec.qualifiedName() + (spec.subcommands().isEmpty() ? " [OPTIONS]" : " <COMMAND> [OPTIONS]");
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    private static List<String> commands(CommandSpec spec) {
        return new CommandDescription("", spec)
                .members().stream().map(member -> member.spec().name()).toList();
    }
}
