package io.latchkey.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The locks on a database file, as Linux lists them: to ask for them in any other way would lose those that this process
 * has.
 */
final class FileLocks {
    private static final Path LISTED = Path.of("/proc/locks");

    /** Where SQLite's file format has the byte that a process which has the file open keeps locked. */
    private static final String SHARED = "1073741826";

    private FileLocks() {}

    /** Whether another process has a database open; false where that cannot be told. */
    static boolean isOpenElsewhere(Path database) {
        try {
            String file = ":" + Files.getAttribute(database, "unix:ino");
            long device = (long) Files.getAttribute(database, "unix:dev");
            String inode = String.format(Locale.ROOT, "%02x:%02x%s", major(device), minor(device), file);
            String self = Long.toString(ProcessHandle.current().pid());
            return Files.readAllLines(LISTED).stream()
                    .map(line -> line.split(" +", -1))
                    .anyMatch(word -> word.length == 8
                            && word[1].equals("POSIX")
                            && !word[4].equals(self)
                            && word[5].equals(inode)
                            && word[6].equals(SHARED));
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
