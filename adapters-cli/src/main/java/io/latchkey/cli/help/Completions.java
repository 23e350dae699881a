package io.latchkey.cli.help;

import io.latchkey.domain.Permission;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a shell can offer for a value, derived from the description of the option. */
sealed interface Completions {
    /** Names of files. */
    record Files() implements Completions {}

    /** Names of folders. */
    record Folders() implements Completions {}

    /** Names of files behind an {@code @}. */
    record TokenFiles() implements Completions {}

    /** Names of existing tokens. */
    record TokenNames() implements Completions {}

    /** A fixed list of words. */
    record Words(List<String> words) implements Completions {}

    /** Types of resources, each with a colon, after which the rest of a permission is typed. */
    record PermissionTypes() implements Completions {
        /** The texts to offer. */
        static List<String> texts() {
            return Permission.types().stream().map(type -> type + ":").toList();
        }
    }

    /** A value that cannot be completed. */
    record Nothing() implements Completions {}

    /** Derives it from the label and the constants of an option or parameter. */
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
            case "<PERMISSION>" -> new PermissionTypes();
            case "<NAME>" -> isOfToken(argument) ? new TokenNames() : new Nothing();
            default -> new Nothing();
        };
    }

    /** Whether a name belongs to an existing token, not to a new one. */
    private static boolean isOfToken(ArgSpec argument) {
        return !(argument instanceof OptionSpec option) || option.longestName().equals("--token-name");
    }
}
