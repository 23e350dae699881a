package io.latchkey.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers failures: a secret that was not written must not look like success. */
public final class CheckedOutput extends FilterOutputStream {
    private @Nullable IOException failure;

    public CheckedOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The last failure. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the reader closed the pipe, as {@code head} does, which is not reported. */
    public static boolean isReaderGone(IOException failure) {
        return "Broken pipe".equals(failure.getMessage());
    }
}
