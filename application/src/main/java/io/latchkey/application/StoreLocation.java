package io.latchkey.application;

import java.nio.file.Path;

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
}
