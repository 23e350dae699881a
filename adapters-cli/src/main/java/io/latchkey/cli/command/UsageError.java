package io.latchkey.cli.command;

import io.latchkey.application.table.TerminalText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What was typed is not understood: the sentence, the nearest thing that is, and where to read on.
 *
 * @param typed all words, of which the failure has only those that are not understood
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
        String found = unmatched.getUnmatched().getFirst();
        boolean option = found.startsWith("-");
        // A value behind the sign could be a secret.
        String word = option ? found.split("=", 2)[0] : found;
        String shown = "'" + TerminalText.of(word) + "'";
        return (option || spec.subcommands().isEmpty()
                        ? "unexpected argument " + shown + " found"
                        : "unrecognized subcommand " + shown)
                + (option ? nearest(word, options(spec)) : meant(spec, found))
                        .map(known -> "\n\n  did you mean '" + known + "'?")
                        .orElse("");
    }

    /** The command that was meant, from its first word if it is another one. */
    private Optional<String> meant(CommandSpec spec, String word) {
        List<String> known = commands(spec);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String root = spec.root().name();
        return CommandSynonyms.meant(
                        spec.qualifiedName().substring(root.length()).strip(),
                        typed.subList(Math.max(0, typed.indexOf(word)), typed.size()))
                .map(command -> root + " " + command)
                .or(() -> nearest(word, known));
    }

    private static String synopsis(CommandSpec spec) {
        String[] custom = spec.usageMessage().customSynopsis();
        return custom.length > 0
                ? custom[0]
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

    /** The known word that takes the fewest changes to reach, if those are few. */
    private static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> candidate.length() > 2 && distance(word, candidate) <= candidate.length() / 2)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Levenshtein's: how many characters must be put in, taken out or replaced. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
