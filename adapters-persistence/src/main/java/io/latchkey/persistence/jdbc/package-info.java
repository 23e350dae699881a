/**
 * A store in tables, in plain JDBC, for commands and server alike; each SQL statement is written once. What differs between
 * database engines is behind {@link io.latchkey.persistence.jdbc.Database}.
 *
 * <p>Micronaut Data JDBC is used only for what only a server asks: the progress of notifications. A command is over before
 * a container has started, so nothing that commands use may need one.
 *
 * <p>The table {@code token} is the present; the table {@code ledger} is how it came about, chained by hashes. Uses no other
 * package of this module. Begin with {@link io.latchkey.persistence.jdbc.JdbcTokenStore}.
 */
@NullMarked
package io.latchkey.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
