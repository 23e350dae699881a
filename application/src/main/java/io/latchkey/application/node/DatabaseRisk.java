package io.latchkey.application.node;

/** What about a database endangers tokens or changes that were acknowledged. */
public enum DatabaseRisk {
    /** A power failure can damage it. */
    FSYNC_OFF(
            "the setting fsync is off: a power failure can damage the database",
            "set fsync = on in postgresql.conf, and reload"),
    /** A power failure can damage it. */
    FULL_PAGE_WRITES_OFF(
            "the setting full_page_writes is off: a power failure can damage the database",
            "set full_page_writes = on in postgresql.conf, and reload"),
    /** The promotion of a standby loses the newest changes. */
    ASYNCHRONOUS_STANDBYS(
            "there are standbys, and none is synchronous: if one is promoted, the newest changes can be lost, and a"
                    + " revoked token be valid again",
            "set synchronous_standby_names, and reload"),
    /** It can truncate the commit log that a listener still needs (fixed on 2025-11-12). */
    OLD_MINOR_VERSION(
            "this version of PostgreSQL can lose the state of transactions while servers listen for changes",
            "install PostgreSQL 14.20, 15.15, 16.11, 17.7, 18.1 or newer");

    private final String sentence;
    private final String advice;

    DatabaseRisk(String sentence, String advice) {
        this.sentence = sentence;
        this.advice = advice;
    }

    /** What is wrong, for people. */
    public String sentence() {
        return sentence;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
