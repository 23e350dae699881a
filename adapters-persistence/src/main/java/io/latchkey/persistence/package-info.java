/**
 * Tokens and their ledger in one SQLite file, with Micronaut Data JDBC.
 *
 * <p>One bean, a {@link io.latchkey.application.TokenStore}, made when it is asked for, of the file that the property
 * {@code latchkey.database} names. The file is opened at the first use and not before. Every access goes through a
 * {@link io.latchkey.persistence.Lane}, which lends its one connection to the repositories; there is no pool, and the
 * transactions are plain SQL. What works around the dialect that Micronaut Data lacks is in {@link
 * io.latchkey.persistence.SqliteDataSource}, and nowhere else.
 *
 * <p>Without a container, {@link io.latchkey.persistence.TokenTable} and {@link io.latchkey.persistence.LedgerTable} take
 * the place of what Micronaut Data makes of the repositories: a command is over before a container has started. The
 * contract of the store is run on both, on one file.
 *
 * <p>The table {@code token} is the present; the table {@code ledger} is how it came about, chained by hashes ({@link
 * io.latchkey.persistence.LedgerChain}). A new schema is a new script {@code V2.sql}, … and one more {@link
 * io.latchkey.persistence.Schema#VERSION}.
 *
 * <p>Why SQL runs in a sandbox: a query gets a private database in memory that holds {@code system.tokens} and nothing else;
 * SQLite explains each statement first, and only steps that read that table are run.
 */
@NullMarked
package io.latchkey.persistence;

import org.jspecify.annotations.NullMarked;
