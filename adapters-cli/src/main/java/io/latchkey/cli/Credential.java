package io.latchkey.cli;

import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The token to act with.
 *
 * @param source the option, file or variable that it was taken from
 */
record Credential(TokenSecret secret, String source) {
    /** Where it is looked for unless an option says where. */
    static final String[] VARIABLES = {"LATCHKEY_TOKEN", "INFLUXDB3_AUTH_TOKEN"};

    /** The one that the arguments name, if they do. */
    static Optional<Credential> of(Arguments arguments) {
        Optional<String> option = arguments.value("--token");
        if (option.isPresent()) {
            return Optional.of(option(arguments, option.get()));
        }
        return arguments
                .given("--token", VARIABLES)
                .map(given -> new Credential(TokenSecret.presented(given.text().strip()), given.source()));
    }

    private static Credential option(Arguments arguments, String text) {
        if (text.equals("-")) {
            return of(arguments, arguments.environment().readLine().orElse(""), "standard input");
        }
        if (text.startsWith("@")) {
            return of(arguments, read(arguments, text.substring(1)), text.substring(1));
        }
        return of(arguments, text, "--token");
    }

    private static Credential of(Arguments arguments, String text, String source) {
        if (text.isBlank()) {
            throw arguments.refused("invalid value for '--token': the token from " + source + " is empty");
        }
        return new Credential(TokenSecret.presented(text.strip()), source);
    }

    private static String read(Arguments arguments, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw arguments.refused(
                    "invalid value for '--token': the file '" + Text.printable(file) + "' cannot be read");
        }
    }
}
