package io.latchkey.application;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Codes that are left in memory, where everybody is the owner. */
public final class InMemoryOwnerCodes implements OwnerCodes {
    private final AtomicReference<Optional<OwnerCode>> left = new AtomicReference<>(Optional.empty());

    @Override
    public void leave(OwnerCode code) {
        left.set(Optional.of(code));
    }

    @Override
    public Optional<OwnerCode> look() {
        return Objects.requireNonNull(left.get());
    }

    @Override
    public Optional<OwnerCode> remove() {
        return left.getAndSet(Optional.empty());
    }
}
