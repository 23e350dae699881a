package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.notification.TokenFeed;
import io.latchkey.domain.Token;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The feed of a store and of the registry that holds its tokens in memory. */
record StoreFeed(TokenStore store, TokenRegistry registry) implements TokenFeed {
    @Override
    public UUID instanceId() {
        return store.instanceId();
    }

    @Override
    public long revision() {
        return registry.revision();
    }

    @Override
    public List<LedgerEntry> tail(long revision, int count) {
        return store.tail(revision, count);
    }

    @Override
    public Stream<Token> ending() {
        return registry.ending();
    }
}
