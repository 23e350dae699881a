package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.table.TableText;
import java.util.Iterator;

/** The text of a table in UTF-8, in parts that are worth sending. */
public record Utf8Chunks(TableText text) implements Iterator<byte[]> {
    private static final int ENOUGH = 32 * 1024;

    @Override
    public boolean hasNext() {
        return text.hasNext();
    }

    @Override
    public byte[] next() {
        StringBuilder part = new StringBuilder(text.next());
        while (part.length() < ENOUGH && text.hasNext()) {
            part.append(text.next());
        }
        return part.toString().getBytes(UTF_8);
    }
}
