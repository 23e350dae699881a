package io.latchkey.application;

import io.latchkey.application.table.SystemTables;
import io.latchkey.domain.ExpiryPolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that stands still until it is moved. An authority that reads it can be starved of CPU and still gives
 * verdicts, because its lease on the store does not end.
 */
public final class ManualTicker implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow at any time

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** Lets all leases end that were granted so far. */
    public void endLease() {
        nanos.addAndGet(TokenRegistry.STALE_AFTER.toNanos());
    }

    /** An authority without expiry policy that reads this ticker. */
    public TokenAuthority authority(TokenStore store, InstantSource clock) {
        return authority(store, new InMemorySystemTables(), clock, new SecureRandom(), ExpiryPolicy.NONE);
    }

    /** An authority that reads this ticker. */
    public TokenAuthority authority(
            TokenStore store, SystemTables tables, InstantSource clock, SecureRandom random, ExpiryPolicy policy) {
        return new TokenAuthority(store, tables, clock, random, policy, SelfRotation.ALLOWED, this);
    }
}
