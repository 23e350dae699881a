package io.latchkey.cli.help;

import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.TokenName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code __complete}: the names of tokens that a shell may offer in the place of the last word of a command line.
 *
 * <p>For the scripts that {@code completion} prints, while somebody types. It reads the local file and nothing else,
 * makes no file, and says nothing of a failure: nobody has asked for anything yet.
 */
public record CompletionNames(Authorities authorities) implements Command {
    static final String NAME = "__complete";

    /** As many as a person may look through. */
    private static final int MOST = 1000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, NAME, "Print the names of tokens that a shell may offer.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(String[].class)
                        .paramLabel("<WORD>")
                        .description("The words of the command line so far, without the first")
                        .build());
        spec.usageMessage().hidden(true);
        return spec;
    }

    @Override
    public String failure() {
        return "";
    }

    @Override
    public int run(Arguments arguments) {
        String[] none = {};
        List<String> words = List.of(arguments.parsed().matchedPositionalValue(0, none));
        if (words.isEmpty()) {
            return ExitCode.OK;
        }
        try {
            for (TokenName name : names(words, arguments.environment())) {
                arguments.environment().out().print(name.value() + "\n");
            }
            return ExitCode.OK;
        } catch (RuntimeException e) { // whatever is wrong, the command says once it is given
            return ExitCode.FAILED;
        }
    }

    private List<TokenName> names(List<String> words, Environment environment) {
        Arguments typed = lenient(words.subList(0, words.size() - 1), environment);
        return switch (Location.of(typed)) {
            case Location.Local(var file) -> authorities.files().names(file, begun(words.getLast()), MOST);
            case Location.Remote _ -> List.of();
        };
    }

    /** The value that is being typed, perhaps behind its option and a {@code =}. */
    private static String begun(String word) {
        return word.startsWith("--") ? word.substring(word.indexOf('=') + 1) : word;
    }

    /** Which authority the words mean, whatever else they say. */
    private static Arguments lenient(List<String> words, Environment environment) {
        CommandSpec spec = CommandSpec.create();
        AuthorityOptions.addTo(spec);
        Optional<String> home = environment.variable("HOME");
        String[] expanded = words.stream()
                // By shells, which have not come to it yet.
                .map(word -> word.startsWith("~/") && home.isPresent() ? home.get() + word.substring(1) : word)
                .toArray(String[]::new);
        return new Arguments(
                new CommandLine(spec)
                        .setUnmatchedArgumentsAllowed(true)
                        .setOverwrittenOptionsAllowed(true)
                        .setExpandAtFiles(false)
                        .setInterpolateVariables(false)
                        .parseArgs(expanded),
                environment);
    }
}
