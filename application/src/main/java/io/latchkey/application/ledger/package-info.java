/**
 * Entries of the ledger, and how they are queried and paged.
 *
 * <p>Uses the domain and the JDK.
 *
 * <p>Begin with {@link io.latchkey.application.ledger.LedgerEntry} is written, {@link
 * io.latchkey.application.ledger.LedgerRecord} is read.
 */
package io.latchkey.application.ledger;
