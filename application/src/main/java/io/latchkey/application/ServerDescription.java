package io.latchkey.application;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server says of itself to whoever comes by.
 *
 * @param product its name and version; empty if it tells that only to the holder of a token
 * @param date its clock, to the second; empty if it does not say
 * @param condition whether it answers what it is asked
 */
public record ServerDescription(Optional<String> product, Optional<Instant> date, Condition condition) {
    /** Of an authority that answers. */
    public ServerDescription(Optional<String> product, Optional<Instant> date) {
        this(product, date, Condition.ANSWERING);
    }

    /** Whether an authority answers questions, or says that it cannot now. */
    public enum Condition {
        ANSWERING,
        UNAVAILABLE
    }
}
