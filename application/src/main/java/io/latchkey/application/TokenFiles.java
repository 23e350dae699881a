package io.latchkey.application;

import java.nio.file.Path;

/** Files that tokens are kept in. */
public interface TokenFiles {
    /** The store in a file, which is made, checked and brought up to date at the first use; to be closed. */
    TokenStore at(Path file);

    /** What answers SQL about the tokens of any of them. */
    SystemTables tables();

    /** What they are kept with. */
    StoreEngine engine();

    /**
     * What is seen of a file, which is left as it is.
     *
     * @throws AuthorityUnavailable if it is none of ours, or cannot be read
     */
    FileExamination examine(Path file);
}
