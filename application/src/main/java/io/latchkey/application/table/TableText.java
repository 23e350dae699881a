package io.latchkey.application.table;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenFailure;
import java.util.Iterator;
import java.util.List;

/**
 * The text of a table, in pieces of about a row that are made as they are taken; to be closed.
 *
 * <p>To take a piece fails with an {@link AuthorityUnavailable} where the authority can no longer be asked: what was taken
 * before is not all.
 */
public interface TableText extends Iterator<String>, AutoCloseable {
    @Override
    default void close() {}

    /** All pieces that are left, as one. */
    default String whole() {
        StringBuilder text = new StringBuilder();
        forEachRemaining(text::append);
        return text.toString();
    }

    /** A text in pieces that need no closing. */
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
     * A text made at once, if it is not too long.
     *
     * @param most how many bytes it may have in UTF-8
     * @throws TokenFailure.BadQuery if it has more, or the calling thread is interrupted
     */
    static TableText bounded(Iterator<String> pieces, long most) {
        StringBuilder text = new StringBuilder();
        long bytes = 0;
        while (pieces.hasNext()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new TokenFailure.BadQuery("nobody waits for the answer any more");
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

    /** At least as many bytes as a text has in UTF-8. */
    private static long utf8(String text) {
        return text.chars().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    }
}
