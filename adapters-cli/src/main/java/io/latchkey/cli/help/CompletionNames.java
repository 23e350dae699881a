package io.latchkey.cli.help;

import io.latchkey.application.StoreLocation;
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
 * {@code __complete}: prints the names of tokens that can complete the last word of a command line.
 *
 * <p>Called by the scripts of {@code completion}. It only reads the database file, creates nothing, and prints no
 * errors, because the user is still typing.
 */
public record CompletionNames(Authorities authorities) implements Command {
    static final String NAME = "__complete";

    /** Maximum number of names. */
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
        } catch (RuntimeException e) { // the command itself will report the problem
            return ExitCode.FAILED;
        }
    }

    private List<TokenName> names(List<String> words, Environment environment) {
        Arguments typed = lenient(words.subList(0, words.size() - 1), environment);
        return switch (Location.of(typed)) {
            case Location.Store(StoreLocation.File(var file)) ->
                authorities.files().names(file, begun(words.getLast()), MOST);
            case Location.Store(StoreLocation.Postgres _), Location.Remote _ -> List.of(); // no wait for a network
        };
    }

    /** The value that is being typed, without {@code --option=}. */
    private static String begun(String word) {
        return word.startsWith("--") ? word.substring(word.indexOf('=') + 1) : word;
    }

    /** Parses the words only for the options that select an authority. */
    private static Arguments lenient(List<String> words, Environment environment) {
        CommandSpec spec = CommandSpec.create();
        AuthorityOptions.addTo(spec);
        Optional<String> home = environment.variable("HOME");
        String[] expanded = words.stream()
                // As the shell will do when the command is run.
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
