package io.latchkey.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import io.latchkey.domain.SecretScanner;
import io.latchkey.domain.SecretScanner.Rest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A search for secrets through files and streams, one after the other; of each secret it says in which line it stands. */
final class SecretSearch {
    /** What became of a file. */
    enum Outcome {
        SEARCHED,
        /** It has a NUL near its beginning, as no text does. */
        BINARY
    }

    private static final int LOOKED_AT_FOR_NUL = 8 * 1024;

    private final byte[] buffer = new byte[256 * 1024];
    private final byte[] passed = new byte[64 * 1024];
    private final Consumer<Suspect> suspects;
    private final IntConsumer progress;

    private String place = "";
    private Optional<FileChannel> again = Optional.empty();
    private long start;
    private long counted;
    private long line;

    /**
     * A search.
     *
     * @param suspects takes what is found, in its order
     * @param progress is told how many more bytes were read
     */
    SecretSearch(Consumer<Suspect> suspects, IntConsumer progress) {
        this.suspects = suspects;
        this.progress = progress;
    }

    /** Searches a file, which is no link. */
    Outcome file(Path file, String name) throws IOException {
        try (FileChannel in = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            begin(name, Optional.of(in));
            int length = read(in, 0);
            for (int i = 0; i < Math.min(length, LOOKED_AT_FOR_NUL); i++) {
                if (buffer[i] == 0) {
                    return Outcome.BINARY;
                }
            }
            search(in, length);
            return Outcome.SEARCHED;
        }
    }

    /** Searches a stream, which is taken for text: whoever pipes it knows what it is. */
    void stream(InputStream stream, String name) throws IOException {
        ReadableByteChannel in = Channels.newChannel(stream);
        begin(name, Optional.empty());
        search(in, read(in, 0));
    }

    private void begin(String name, Optional<FileChannel> file) {
        place = name;
        again = file;
        start = 0;
        counted = 0;
        line = 1;
    }

    private void search(ReadableByteChannel in, int first) throws IOException {
        int length = Math.max(0, first);
        int read = first;
        do {
            int done = SecretScanner.scan(
                    buffer,
                    length,
                    read < 0 ? Rest.NONE : Rest.TO_COME,
                    find -> suspects.accept(new Suspect(place, lineOf(find.start()), find.secret(), find.proof())));
            if (read < 0) {
                return;
            }
            if (again.isEmpty()) {
                lineOf(done);
            }
            System.arraycopy(buffer, done, buffer, 0, length - done);
            start += done;
            length -= done;
            read = read(in, length);
            length += Math.max(0, read);
        } while (true);
    }

    private int read(ReadableByteChannel in, int from) throws IOException {
        int read = in.read(ByteBuffer.wrap(buffer, from, buffer.length - from));
        progress.accept(Math.max(0, read));
        return read;
    }

    /** The line of a byte in the buffer. A file's lines are counted only up to a find, for which it is read again. */
    private long lineOf(int index) {
        try {
            while (counted < start) {
                int length = again.orElseThrow()
                        .read(ByteBuffer.wrap(passed, 0, (int) Math.min(passed.length, start - counted)), counted);
                if (length < 0) {
                    counted = start; // somebody made the file shorter
                } else {
                    count(passed, 0, length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count(buffer, (int) (counted - start), (int) (start + index - counted));
        return line;
    }

    private void count(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        counted += length;
    }
}
