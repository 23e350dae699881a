/**
 * Backup, restore, export and import.
 *
 * <p>Uses {@code ledger} and the packages before it.
 *
 * <p>Begin with {@link io.latchkey.cli.backup.Backup}.
 */
@NullMarked
package io.latchkey.cli.backup;

import org.jspecify.annotations.NullMarked;
