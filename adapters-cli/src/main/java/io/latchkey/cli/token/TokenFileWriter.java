package io.latchkey.cli.token;

import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.command.Arguments;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A token in a file, for a server that will be told of it (contract 2.3).
 *
 * <p>A file that is there is not replaced unasked: it may hold the only copy of a secret that is in force.
 *
 * @param output to be written
 */
record TokenFileWriter(OutputFile output) {
    /** What the arguments ask for, if they ask for one. */
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
        var _ = arguments.required("--output-file", Location::path);
        return OutputFile.of(arguments, authorities, "--output-file").map(TokenFileWriter::new);
    }

    Path file() {
        return output.path();
    }

    /** Writes the file of a token: whole and for its owner alone, or not at all. */
    void write(OfflineToken token) {
        output.write(TokenFile.write(token));
    }
}
