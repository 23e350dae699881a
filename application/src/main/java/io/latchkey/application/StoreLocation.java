package io.latchkey.application;

import java.nio.file.Path;
import java.util.Optional;

/** The location of a store; its text is how users name it. */
public sealed interface StoreLocation {
    /**
     * A database file on this machine.
     *
     * @param path absolute
     */
    record File(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A PostgreSQL database, which any number of processes on any number of machines can share.
     *
     * @param password the file with the password on its first line; empty for {@code PGPASSWORD} or {@code ~/.pgpass}
     * @param state the folder in which a server remembers the newest ledger entry that it saw; empty to remember it in
     *     memory only
     */
    record Postgres(PostgresUrl url, Optional<Path> password, Optional<Path> state) implements StoreLocation {
        @Override
        public String toString() {
            return url.toString();
        }
    }
}
