package io.latchkey.cli.serve;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the modes of the database files before a server is started. */
public record ExposedDatabase(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    /**
     * Refuses a file that every user can write, and logs a warning for lesser problems.
     *
     * @throws AuthorityUnavailable if every user can write the file
     */
    public void check() {
        try {
            if (Files.exists(file)) {
                FileMode mode = FileMode.of(file);
                if (mode.isWritableByAll()) {
                    throw new AuthorityUnavailable(file + " has mode " + mode
                            + ": every user of this machine could change the tokens; run chmod 600 first");
                }
                if (mode.isOpen()) {
                    LOG.warn("{} has mode {}: other users can access it; run chmod 600", file, mode);
                }
            }
            Path folder = file.resolveSibling("");
            if (Files.exists(folder) && FileMode.of(folder).isWritableByAll()) {
                LOG.warn(
                        "{} has mode {}: other users can replace the database; run chmod go-w",
                        folder,
                        FileMode.of(folder));
            }
        } catch (IOException e) {
            LOG.warn("cannot read the mode of {}", file, e);
        }
    }
}
