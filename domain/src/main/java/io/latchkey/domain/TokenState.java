package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/** The state of a token at a time. */
public enum TokenState {
    /** Its secrets are accepted. */
    ACTIVE,
    /** It is not valid yet, and neither disabled nor expired. */
    PENDING,
    /** It has expired: only a new expiry makes it live again. */
    EXPIRED,
    /** It is disabled, and has not expired. */
    DISABLED;

    /**
     * The state at a time. Expired wins over disabled, because enabling an expired token does not make it usable; disabled
     * wins over pending, because waiting does not make a disabled token usable.
     */
    public static TokenState of(Expiry expiry, NotBefore start, Optional<Disablement> rest, Instant now) {
        if (!expiry.isLiveAt(now)) {
            return EXPIRED;
        }
        if (rest.isPresent()) {
            return DISABLED;
        }
        return start.at().filter(now::isBefore).isPresent() ? PENDING : ACTIVE;
    }
}
