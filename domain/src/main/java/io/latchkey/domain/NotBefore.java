package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The time before which a token is not valid, if there is one.
 *
 * @param at to the millisecond; the token is valid at this time
 */
public record NotBefore(Optional<Instant> at) {
    /** Valid at once. */
    public static final NotBefore NONE = new NotBefore(Optional.empty());

    public NotBefore {
        at = at.map(time -> Timestamps.checked("not_before", time));
    }

    /** Not valid before a time. */
    public static NotBefore of(Instant at) {
        return new NotBefore(Optional.of(at));
    }

    /** Whether a token is valid at a time, as far as this goes. */
    public boolean allows(long nowMillis) {
        return at.isEmpty() || nowMillis >= at.get().toEpochMilli();
    }

    /** Whether everything that another start allows is allowed by this one. */
    boolean contains(NotBefore other) {
        return at.isEmpty() || other.at.filter(time -> !time.isBefore(at.get())).isPresent();
    }
}
