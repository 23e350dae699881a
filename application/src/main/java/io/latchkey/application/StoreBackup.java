package io.latchkey.application;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * A copy of all that an authority keeps, whole and as it was at one moment; to be read once, and closed.
 *
 * @param length in bytes
 * @param content fails with an {@link AuthorityUnavailable} where it ends before that
 */
public record StoreBackup(long length, InputStream content) implements Closeable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
