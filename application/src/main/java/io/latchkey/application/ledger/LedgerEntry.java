package io.latchkey.application.ledger;

import io.latchkey.domain.TokenEvent;

/**
 * An event and its revision in the ledger.
 *
 * @param revision 1 for the first entry, then consecutive
 */
public record LedgerEntry(long revision, TokenEvent event) {}
