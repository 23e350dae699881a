package io.latchkey.application.table;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenFailure;
import java.util.Iterator;
import java.util.List;

/**
 * The text of a table in pieces of about one row, created lazily; the caller closes it.
 *
 * <p>Reading a piece throws {@link AuthorityUnavailable} if the authority can no longer be reached; then the text is
 * incomplete.
 */
public interface TableText extends Iterator<String>, AutoCloseable {
    @Override
    default void close() {}

    /** All remaining pieces, joined. */
    default String whole() {
        StringBuilder text = new StringBuilder();
        forEachRemaining(text::append);
        return text.toString();
    }

    /** A text that holds no resource. */
    static TableText of(Iterator<String> pieces) {
        return new TableText() {
            @Override
            public boolean hasNext() {
                return pieces.hasNext();
            }

            @Override
            public String next() {
                return pieces.next();
            }
        };
    }

    /**
     * A text created at once, with a size limit.
     *
     * @param most maximum size in UTF-8 bytes
     * @throws TokenFailure.BadQuery if the text is larger, or the calling thread is interrupted
     */
    static TableText bounded(Iterator<String> pieces, long most) {
        StringBuilder text = new StringBuilder();
        long bytes = 0;
        while (pieces.hasNext()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new TokenFailure.BadQuery("cancelled: the client has disconnected");
            }
            String piece = pieces.next();
            bytes += utf8(piece);
            if (bytes > most) {
                throw new TokenFailure.BadQuery("the answer is longer in this format than " + most / (1 << 20)
                        + " MiB: ask for less with WHERE or LIMIT, or for another format");
            }
            text.append(piece);
        }
        return of(List.of(text.toString()).iterator());
    }

    /** An upper bound for the size of a text in UTF-8 bytes. */
    private static long utf8(String text) {
        return text.chars().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    }
}
