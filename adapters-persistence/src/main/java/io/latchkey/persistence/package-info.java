/**
 * Stores of tokens in databases.
 *
 * <p>{@link io.latchkey.persistence.jdbc} holds every SQL statement of a store, and the list of tables that a copy of a
 * store has; {@link io.latchkey.persistence.sqlite} opens, migrates, watches and copies SQLite files;
 * {@code postgresql} does the same for PostgreSQL, and makes files of it for backups; {@code sandbox} answers users' SQL
 * about token metadata. Begin with {@link io.latchkey.persistence.Stores}.
 */
@NullMarked
package io.latchkey.persistence;

import org.jspecify.annotations.NullMarked;
