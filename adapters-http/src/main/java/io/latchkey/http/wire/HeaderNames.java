package io.latchkey.http.wire;

/** Header names and media types that server and client must spell alike; commands have no Micronaut on their class path. */
public final class HeaderNames {
    /** The header with the version of InfluxDB 3 that a server is, or stands for. */
    public static final String INFLUXDB_VERSION = "X-Influxdb-Version";
    /** The header with the version of a Latchkey. */
    public static final String LATCHKEY_VERSION = "X-Latchkey-Version";
    /** The type of a backup, a SQLite database, as registered with IANA. */
    public static final String BACKUP = "application/vnd.sqlite3";

    private HeaderNames() {}
}
