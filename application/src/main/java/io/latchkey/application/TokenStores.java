package io.latchkey.application;

/** Opens token stores, wherever they are. */
public interface TokenStores {
    /** The store at a location; created, checked and migrated at the first use. The caller closes it. */
    TokenStore open(StoreLocation location);

    /** The codes by which an owner of the store at a location signs in to a server that uses it. */
    OwnerCodes codes(StoreLocation location);

    /** The database engine of new stores, and its version. */
    StoreEngine engine();
}
