package io.latchkey.application.ledger;

import io.latchkey.domain.TokenEvent;

/**
 * A fact and its place in the ledger.
 *
 * @param revision 1 for the first, one more for each that follows, without gaps
 */
public record LedgerEntry(long revision, TokenEvent event) {}
