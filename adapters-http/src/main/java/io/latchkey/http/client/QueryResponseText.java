package io.latchkey.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.table.TableText;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.NoSuchElementException;

/** The text of a table, read from a response as a stream. */
final class QueryResponseText implements TableText {
    private static final int ENOUGH = 16 * 1024;

    private final StreamedResponse reply;
    private final Reader reader;
    private final char[] buffer = new char[ENOUGH];
    private int length;

    /** The text in a response; closing it closes the response. */
    QueryResponseText(StreamedResponse reply) {
        this.reply = reply;
        this.reader = new InputStreamReader(reply.body(), UTF_8);
    }

    @Override
    public boolean hasNext() {
        if (length == 0) {
            try {
                length = reader.read(buffer);
            } catch (IOException e) {
                throw reply.brokenOff(e);
            }
        }
        return length > 0;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String piece = new String(buffer, 0, length);
        length = 0;
        return piece;
    }

    @Override
    public void close() {
        reply.close();
    }
}
