package io.latchkey.domain;

import java.time.Instant;

/** The fact that a token is disabled: since when, and why. Its secrets are refused until it is enabled again. */
public record Disablement(Instant since, Reason reason) {
    public Disablement {
        since = Timestamps.checked("disabled_at", since);
    }
}
