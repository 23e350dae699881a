package io.latchkey.cli.authority;

import io.latchkey.application.FileProblem;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/**
 * The token to authenticate with.
 *
 * @param source the option, file or variable that it comes from
 */
public record Credential(TokenSecret secret, String source) {
    /** The value of {@code --token} or of its variables, not yet resolved. */
    public static Optional<Arguments.Given> given(Arguments arguments) {
        return arguments.given("--token");
    }

    /**
     * The token that the arguments give: itself, as {@code @FILE}, or {@code -} for standard input; empty if they
     * give none.
     */
    public static Optional<Credential> of(Arguments arguments) {
        Optional<String> option = arguments.value("--token");
        if (option.isPresent()) {
            return Optional.of(
                    option.get().equals("-")
                            ? of(
                                    arguments,
                                    "--token",
                                    arguments
                                            .environment()
                                            .readSecret("Token (not shown): ")
                                            .orElse(""),
                                    "standard input")
                            : of(arguments, "--token", option.get()));
        }
        return arguments.given("--token").map(given -> of(arguments, given.source(), given.text()));
    }

    private static Credential of(Arguments arguments, String place, String text) {
        return text.startsWith("@")
                ? of(arguments, place, read(arguments, place, text.substring(1)), text.substring(1))
                : of(arguments, place, text, place);
    }

    private static Credential of(Arguments arguments, String place, String text, String source) {
        String secret = TextFile.unmarked(text).strip();
        if (secret.isEmpty()) {
            throw arguments.refused("invalid value for '" + place + "': the token from " + source + " is empty");
        }
        return new Credential(TokenSecret.presented(secret), source);
    }

    private static String read(Arguments arguments, String place, String file) {
        if (file.isEmpty()) {
            throw arguments.refused("invalid value for '" + place + "': expected a file name after @");
        }
        try {
            return TextFile.read(Path.of(file));
        } catch (IOException e) {
            throw unreadable(arguments, place, file, FileProblem.reading(Path.of(file), e));
        } catch (InvalidPathException e) {
            throw unreadable(arguments, place, file, "it is not a path");
        }
    }

    private static ParameterException unreadable(Arguments arguments, String place, String file, String reason) {
        return arguments.refused("invalid value for '" + place + "': the file '" + TerminalText.of(file)
                + "' cannot be read: " + TerminalText.of(reason));
    }
}
