package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/** The state of a token at a time. */
public enum TokenState {
    /** Its secrets are accepted. */
    ACTIVE,
    /** It has expired: only a new expiry makes it live again. */
    EXPIRED,
    /** It is disabled, and has not expired. */
    DISABLED;

    /** The state at a time. Expired wins over disabled, because enabling an expired token does not make it usable. */
    public static TokenState of(Expiry expiry, Optional<Disablement> rest, Instant now) {
        if (!expiry.isLiveAt(now)) {
            return EXPIRED;
        }
        return rest.isPresent() ? DISABLED : ACTIVE;
    }
}
