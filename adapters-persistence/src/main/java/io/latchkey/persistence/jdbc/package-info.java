/**
 * The store in tables, in plain JDBC, for commands and server alike; each SQL statement is written once. The differences
 * between database engines are behind {@link io.latchkey.persistence.jdbc.Database}.
 *
 * <p>Micronaut Data JDBC is used only for the delivery progress of notifications, which only a server reads. A command
 * finishes in less time than a container needs to start, so code that commands use must not need a container.
 *
 * <p>The table {@code token} has the current tokens; the table {@code ledger} has all events, chained by hashes. Uses no
 * other package of this module. Begin with {@link io.latchkey.persistence.jdbc.JdbcTokenStore}.
 */
@NullMarked
package io.latchkey.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
