/**
 * Backup, restore, export and import.
 *
 * <p>Uses {@code authority}, {@code command}, {@code ledger}, {@code terminal}, {@code token}.
 *
 * <p>Begin with {@link io.latchkey.cli.backup.Backup}.
 */
@NullMarked
package io.latchkey.cli.backup;

import org.jspecify.annotations.NullMarked;
