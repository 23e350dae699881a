package io.latchkey.application.ledger;

/**
 * The newest entries of a ledger are gone: a backup was restored, or a standby was promoted that lagged. What they ended may
 * be valid again.
 *
 * @param newest revision of the newest entry that there is
 * @param seen revision of the newest entry that a server is known to have seen
 */
public record LedgerLoss(long newest, long seen) {}
