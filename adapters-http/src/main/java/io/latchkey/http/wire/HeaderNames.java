package io.latchkey.http.wire;

/** Header names and media types of server and client; commands have no Micronaut on their class path. */
public final class HeaderNames {
    /** The version of InfluxDB 3 that the server is, or is compatible with. */
    public static final String INFLUXDB_VERSION = "X-Influxdb-Version";
    /** The version of Latchkey. */
    public static final String LATCHKEY_VERSION = "X-Latchkey-Version";
    /** Media type of a backup: a SQLite database, as registered with IANA. */
    public static final String BACKUP = "application/vnd.sqlite3";

    private HeaderNames() {}
}
