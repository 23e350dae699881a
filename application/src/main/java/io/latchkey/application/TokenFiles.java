package io.latchkey.application;

import java.nio.file.Path;

/** Files that tokens are kept in. */
public interface TokenFiles {
    /** The store in a file, which is made, checked and brought up to date at the first use; to be closed. */
    TokenStore at(Path file);

    /** What answers SQL about the tokens of any of them. */
    SystemTables tables();
}
