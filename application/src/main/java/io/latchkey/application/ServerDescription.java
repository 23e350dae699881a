package io.latchkey.application;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server tells any client about itself.
 *
 * @param product name and version; empty if the server shows them only to token holders
 * @param date the server's clock, to the second; empty if the answer has no date
 * @param condition whether the server can answer requests
 */
public record ServerDescription(Optional<String> product, Optional<Instant> date, Condition condition) {
    /** An authority that is available. */
    public ServerDescription(Optional<String> product, Optional<Instant> date) {
        this(product, date, Condition.ANSWERING);
    }

    /** Whether an authority is available. */
    public enum Condition {
        ANSWERING,
        UNAVAILABLE
    }
}
