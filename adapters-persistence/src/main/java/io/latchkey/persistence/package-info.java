/**
 * Stores of tokens in databases.
 *
 * <p>{@link io.latchkey.persistence.jdbc} holds every SQL statement of a store; {@link io.latchkey.persistence.sqlite}
 * opens, migrates, watches and copies SQLite files; {@code sandbox} answers users' SQL about token metadata. Begin with
 * {@link io.latchkey.persistence.sqlite.SqliteTokenStore}.
 */
@NullMarked
package io.latchkey.persistence;

import org.jspecify.annotations.NullMarked;
