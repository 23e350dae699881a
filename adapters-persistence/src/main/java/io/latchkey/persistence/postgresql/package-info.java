/**
 * Stores in PostgreSQL: connections, the lock of the ledger's head, the watch that polls it, and the processes that give
 * verdicts.
 *
 * <p>Loaded only for a location that is a {@link io.latchkey.application.StoreLocation.Postgres}, and with it the driver.
 */
@NullMarked
package io.latchkey.persistence.postgresql;

import org.jspecify.annotations.NullMarked;
