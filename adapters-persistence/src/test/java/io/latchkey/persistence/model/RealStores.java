package io.latchkey.persistence.model;

import io.latchkey.application.TokenStore;

/** The store in which a behaviour of the model is replayed: one instance for each process, all of the same tokens. */
interface RealStores {
    /** The store of a process that begins. */
    TokenStore open();

    /** What happens to it when the process is killed. */
    void leave(TokenStore store);
}
