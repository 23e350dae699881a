package io.latchkey.wrong.application.ledger;

import io.latchkey.wrong.application.transfer.Transfer;

/** Breaks the rule that packages are used in their order. */
record UsesTransfer(Transfer transfer) {}
