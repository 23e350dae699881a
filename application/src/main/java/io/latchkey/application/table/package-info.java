/**
 * Tables about tokens and the ledger, and their formats: pretty, JSON, JSON lines, CSV.
 *
 * <p>Uses {@code ledger}.
 *
 * <p>Begin with {@link io.latchkey.application.table.Table}, {@link io.latchkey.application.table.SystemTables} for
 * SQL.
 */
package io.latchkey.application.table;
