package io.latchkey.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The permissions of a file: the last nine bits of its mode. */
public record FileMode(int bits) {
    private static final int ALL = 0777;
    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;
    private static final int ALL_READ = 0004;
    private static final int ALL_WRITE = 0002;

    /**
     * The mode of a file or folder.
     *
     * @throws UnsupportedOperationException if the file system has no such modes
     */
    public static FileMode of(Path file) throws IOException {
        return new FileMode((int) Files.getAttribute(file, "unix:mode") & ALL);
    }

    /** Whether anybody but the owner may read, write or enter it. */
    public boolean isOpen() {
        return (bits & OTHERS) != 0;
    }

    /** Whether anybody but the owner may write to it. */
    public boolean isWritableByOthers() {
        return (bits & OTHERS_WRITE) != 0;
    }

    /** Whether every user may read it. */
    public boolean isReadableByAll() {
        return (bits & ALL_READ) != 0;
    }

    /** Whether every user may write to it. */
    public boolean isWritableByAll() {
        return (bits & ALL_WRITE) != 0;
    }

    /** As in {@code chmod}, with a zero before it. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "0%03o", bits);
    }
}
