package io.latchkey.cli.help;

import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a shell may offer where a value is expected, as far as the description of the option tells. */
sealed interface Completions {
    /** Names of files. */
    record Files() implements Completions {}

    /** Names of folders. */
    record Folders() implements Completions {}

    /** Names of files behind an {@code @}. */
    record TokenFiles() implements Completions {}

    /** Names of tokens that there are. */
    record TokenNames() implements Completions {}

    /** Some words. */
    record Words(List<String> words) implements Completions {}

    /** A value that only whoever types knows. */
    record Nothing() implements Completions {}

    /** What the label and the constants of an option or a parameter mean to a shell. */
    static Completions of(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return new Words(
                    StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                            .toList());
        }
        return switch (argument.paramLabel()) {
            case "<FILE>" -> new Files();
            case "<DIR>" -> new Folders();
            case "<TOKEN>", "<@FILE>" -> new TokenFiles();
            case "<NAME>" -> isOfToken(argument) ? new TokenNames() : new Nothing();
            default -> new Nothing();
        };
    }

    /** Whether a name is that of a token that there is, and not one that is given. */
    private static boolean isOfToken(ArgSpec argument) {
        return !(argument instanceof OptionSpec option) || option.longestName().equals("--token-name");
    }
}
