package io.latchkey.cli.token;

import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.OutputFile;
import java.nio.file.Path;

/**
 * Writes a token file for a server (contract 2.3).
 *
 * <p>An existing file is replaced only with {@code --force}, since it may contain the only copy of a valid secret.
 *
 * @param output the file
 */
record TokenFileWriter(OutputFile output) implements OfflineWriter {
    @Override
    public Path file() {
        return output.path();
    }

    /** Writes the token file atomically, readable only by its owner. */
    @Override
    public void write(OfflineToken token) {
        output.write(TokenFile.write(token));
    }
}
