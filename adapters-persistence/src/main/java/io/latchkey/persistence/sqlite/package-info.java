/**
 * SQLite files as databases: created, checked, migrated, watched, copied and restored.
 *
 * <p>A file is opened at the first use, never before, so that a refusal reaches the caller and is not wrapped by a
 * container. Every access goes through a {@link io.latchkey.persistence.sqlite.SerialConnection}; there is no pool, because
 * SQLite has one writer anyway. A new schema is a new script {@code V9.sql} and one more in {@code Schema.VERSION}.
 *
 * <p>Uses {@code jdbc}. Begin with {@link io.latchkey.persistence.sqlite.SqliteTokenStore}, or with {@code SqliteFile} for how
 * a file is opened.
 */
@NullMarked
package io.latchkey.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
