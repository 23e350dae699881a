package io.latchkey.cli.scan;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import io.latchkey.cli.terminal.TextEncoding;
import io.latchkey.domain.SecretScanner;
import io.latchkey.domain.SecretScanner.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Searches files and streams for secrets and determines their line numbers. UTF-16 text is searched too. */
final class SecretSearch {
    /** The result for a file. */
    enum Outcome {
        SEARCHED,
        /** It has a NUL byte near its start, so it is not text. */
        BINARY
    }

    private static final int LOOKED_AT = 8 * 1024;
    private static final int LOOKED_AT_IN_STREAM = 64;

    private final byte[] buffer = new byte[256 * 1024];
    private final byte[] passed = new byte[64 * 1024];
    private final Consumer<Candidate> candidates;
    private final IntConsumer progress;

    private String place = "";
    private Optional<SearchedBytes> again = Optional.empty();
    private long start;
    private long counted;
    private long line;

    /**
     * Creates a search.
     *
     * @param candidates receives the candidates in order
     * @param progress receives the numbers of bytes read
     */
    SecretSearch(Consumer<Candidate> candidates, IntConsumer progress) {
        this.candidates = candidates;
        this.progress = progress;
    }

    /** Searches a file that is not a symbolic link. */
    Outcome file(Path file, String name) throws IOException {
        try (FileChannel in = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            int looked = Math.max(0, in.read(ByteBuffer.wrap(buffer, 0, LOOKED_AT), 0));
            TextEncoding encoding = TextEncoding.of(buffer, looked);
            if (encoding == TextEncoding.BYTES && hasNul(looked)) {
                return Outcome.BINARY;
            }
            SearchedBytes bytes = SearchedBytes.ascii(new SearchedBytes.OfFile(in), encoding);
            begin(name, Optional.of(bytes));
            search(bytes);
            return Outcome.SEARCHED;
        }
    }

    /** Searches a stream, which is always treated as text. */
    void stream(InputStream stream, String name) throws IOException {
        byte[] start = stream.readNBytes(LOOKED_AT_IN_STREAM);
        SearchedBytes bytes = new SearchedBytes.OfStream(
                Channels.newChannel(new SequenceInputStream(new ByteArrayInputStream(start), stream)));
        begin(name, Optional.empty());
        search(SearchedBytes.ascii(bytes, TextEncoding.of(start, start.length)));
    }

    private boolean hasNul(int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private void begin(String name, Optional<SearchedBytes> file) {
        place = name;
        again = file;
        start = 0;
        counted = 0;
        line = 1;
    }

    private void search(SearchedBytes in) throws IOException {
        int read = read(in, 0);
        int length = Math.max(0, read);
        do {
            int done = SecretScanner.scan(
                    buffer,
                    length,
                    read < 0 ? Input.END : Input.MORE,
                    find -> candidates.accept(
                            new Candidate(place, lineOf(find.start()), find.secret(), find.confidence())));
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

    private int read(SearchedBytes in, int from) throws IOException {
        int read = in.read(ByteBuffer.wrap(buffer, from, buffer.length - from));
        progress.accept(Math.max(0, read));
        return read;
    }

    /**
     * The line number of a byte in the buffer. A file is read again to count its lines, and only if it has a match.
     */
    private long lineOf(int index) {
        try {
            while (counted < start) {
                int length = again.orElseThrow()
                        .read(ByteBuffer.wrap(passed, 0, (int) Math.min(passed.length, start - counted)), counted);
                if (length < 0) {
                    counted = start; // the file was truncated meanwhile
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
