package io.latchkey.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The locks of other processes on a database file, read from Linux's {@code /proc/locks}. To open and close the file for a
 * test would release the locks that this process has on it (POSIX, fcntl).
 */
final class FileLocks {
    private static final Path LOCKS = Path.of("/proc/locks");

    /** The first of SQLite's shared lock bytes (SHARED_FIRST), which each process with an open connection keeps locked. */
    private static final String SHARED = "1073741826";

    private FileLocks() {}

    /** Whether another process has a database open; false where this is unknown, such as on macOS. */
    static boolean isOpenElsewhere(Path database) {
        try {
            String file = ":" + Files.getAttribute(database, "unix:ino");
            long device = (long) Files.getAttribute(database, "unix:dev");
            String inode = String.format(Locale.ROOT, "%02x:%02x%s", major(device), minor(device), file);
            String self = Long.toString(ProcessHandle.current().pid());
            return Files.readAllLines(LOCKS).stream()
                    .map(line -> line.split(" +", -1))
                    .anyMatch(column -> column.length == 8
                            && column[1].equals("POSIX")
                            && !column[4].equals(self)
                            && column[5].equals(inode)
                            && column[6].equals(SHARED));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static long major(long device) {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    }

    private static long minor(long device) {
        return (device & 0xff) | ((device >>> 12) & ~0xffL);
    }
}
