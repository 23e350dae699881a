package io.latchkey.cli.token;

import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.command.Arguments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a token file for a server (contract 2.3).
 *
 * <p>An existing file is replaced only with {@code --force}, since it may contain the only copy of a valid secret.
 *
 * @param output the file
 */
record TokenFileWriter(OutputFile output) {
    /** The writer, if the arguments contain {@code --offline}. */
    static Optional<TokenFileWriter> of(Arguments arguments, Authorities authorities) {
        if (!arguments.has("--offline")) {
            for (String option : new String[] {"--output-file", "--force"}) {
                if (arguments.has(option)) {
                    throw arguments.refused(option + " cannot be used without --offline");
                }
            }
            return Optional.empty();
        }
        for (String option :
                new String[] {"--regenerate", "--host", "--token", "--tls-ca", "--tls-no-verify", "--db", "--data-dir"
                }) {
            if (arguments.has(option)) {
                throw arguments.refused("--offline cannot be used with " + option + ": it uses no authority");
            }
        }
        Stream.concat(
                        Stream.of(AttributeOptions.PERMISSION, AttributeOptions.NO_PERMISSIONS),
                        AttributeOptions.OF_EVERY_KIND.stream())
                .filter(arguments::has)
                .findFirst()
                .ifPresent(option -> {
                    throw arguments.refused("--offline cannot be used with " + option
                            + ": the file holds the token and its expiry only");
                });
        var _ = arguments.required("--output-file", Location::path);
        return OutputFile.of(arguments, authorities, "--output-file").map(TokenFileWriter::new);
    }

    Path file() {
        return output.path();
    }

    /** Writes the token file atomically, readable only by its owner. */
    void write(OfflineToken token) {
        output.write(TokenFile.write(token));
    }
}
