package io.latchkey.application;

import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.TokenStore.LedgerCheck;

/** Opens token stores, wherever they are. */
public interface TokenStores {
    /** The store at a location; created, checked and migrated at the first use. The caller closes it. */
    TokenStore open(StoreLocation location);

    /** The codes by which an owner of the store at a location signs in to a server that uses it. */
    OwnerCodes codes(StoreLocation location);

    /**
     * Copies a whole store, with its instance id, tokens, ledger, uses and delivery progress. The copy is visible only when
     * it is complete and verified; the original is not changed. No process may be using either of them.
     *
     * @param existing whether the copy may replace the tokens and the ledger that are there
     * @throws AuthorityUnavailable if a store is in use or cannot be used, if the original is empty or has a broken ledger,
     *     or if there is a store that must be kept
     */
    LedgerCheck.Whole copy(StoreLocation from, StoreLocation to, Existing existing);

    /** The database engine of new stores, and its version. */
    StoreEngine engine();
}
