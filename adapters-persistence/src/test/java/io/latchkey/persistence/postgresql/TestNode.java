package io.latchkey.persistence.postgresql;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.Eventually;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.InstantSource;

/** A node in this process, with the real clock; it gives verdicts when started. */
record TestNode(TokenStore store, TokenAuthority authority) implements AutoCloseable {
    private TestNode(TokenStore store) {
        this(store, new TokenAuthority(store, InstantSource.system(), new SecureRandom()));
    }

    TestNode(StoreLocation.Postgres location) {
        this(PostgresTokenStore.open(location));
    }

    /** Starts it, as often as a machine that is too slow for a heartbeat needs. */
    void start() {
        Eventually.until(() -> Changes.isDone(authority::start));
    }

    ActorAccess owner() {
        return authority.actingAs(new Actor.FileOwner());
    }

    TokenSecret create(TokenName name) {
        return owner().tokens()
                .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                .secret();
    }

    Verdict verdict(TokenSecret secret) {
        return authority.authenticate(secret);
    }

    boolean accepts(TokenSecret secret) {
        return verdict(secret) instanceof Verdict.Accepted;
    }

    @Override
    public void close() {
        authority.close();
        store.close();
    }
}
