package io.latchkey.application;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * A consistent copy of a store. Read it once, and close it.
 *
 * @param length size in bytes
 * @param content throws {@link AuthorityUnavailable} if it ends early
 */
public record StoreBackup(long length, InputStream content) implements Closeable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
