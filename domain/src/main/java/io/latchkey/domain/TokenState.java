package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/** What a token is good for at a moment. */
public enum TokenState {
    /** It opens everything. */
    ACTIVE,
    /** Its end has come: only a new expiry makes it live again. */
    EXPIRED,
    /** It would be active if it were enabled. */
    DISABLED;

    /** That of a token; the end counts more than the rest, because it cannot be lifted by enabling. */
    public static TokenState of(Expiry expiry, Optional<Disablement> rest, Instant now) {
        if (!expiry.isLiveAt(now)) {
            return EXPIRED;
        }
        return rest.isPresent() ? DISABLED : ACTIVE;
    }
}
