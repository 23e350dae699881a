package io.latchkey.persistence.sqlite;

import java.util.Arrays;
import java.util.Comparator;

/** A version of the SQLite library. */
record SqliteVersion(int major, int minor, int patch) implements Comparable<SqliteVersion> {
    /** The first version without the bug that corrupts a database when its write-ahead log is reset. */
    static final SqliteVersion OLDEST = new SqliteVersion(3, 51, 3);

    private static final Comparator<SqliteVersion> ORDER = Comparator.comparingInt(SqliteVersion::major)
            .thenComparingInt(SqliteVersion::minor)
            .thenComparingInt(SqliteVersion::patch);

    /** Parses a version such as {@code 3.51.3} or {@code 3.52.0.1}. */
    static SqliteVersion parse(String text) {
        int[] parts =
                Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        return new SqliteVersion(parts[0], parts[1], parts.length > 2 ? parts[2] : 0);
    }

    /** Whether this version is at least {@link #OLDEST}. */
    boolean isSafe() {
        return compareTo(OLDEST) >= 0;
    }

    @Override
    public int compareTo(SqliteVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
