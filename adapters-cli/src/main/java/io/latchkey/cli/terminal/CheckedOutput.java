package io.latchkey.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers that it could not be written: a secret shown to nobody must not look like success. */
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

    /** The newest failure. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the reader went away, which readers such as {@code head} do and nobody needs to be told. */
    public static boolean isReaderGone(IOException failure) {
        return "Broken pipe".equals(failure.getMessage());
    }
}
