/**
 * The commands on the ledger: show and verify.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.ledger.ShowLedger}.
 */
@NullMarked
package io.latchkey.cli.ledger;

import org.jspecify.annotations.NullMarked;
