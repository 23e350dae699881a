package io.latchkey.cli.serve;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that others than its owner can reach, before a server is started on it. */
public record ExposedDatabase(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    /**
     * Refuses a file that every user can write, and warns of less.
     *
     * @throws AuthorityUnavailable if anybody on this machine could make himself the operator
     */
    public void check() {
        try {
            if (Files.exists(file)) {
                FileMode mode = FileMode.of(file);
                if (mode.isWritableByAll()) {
                    throw new AuthorityUnavailable(file + " has mode " + mode
                            + ": every user of this machine could make himself the operator; chmod 600 it first");
                }
                if (mode.isOpen()) {
                    LOG.warn("{} has mode {}: others can use it; chmod 600 it", file, mode);
                }
            }
            Path folder = file.resolveSibling("");
            if (Files.exists(folder) && FileMode.of(folder).isWritableByAll()) {
                LOG.warn(
                        "{} has mode {}: others can put another file in the place of the database; chmod go-w it",
                        folder,
                        FileMode.of(folder));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be looked at", file, e);
        }
    }
}
