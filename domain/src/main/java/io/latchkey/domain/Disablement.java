package io.latchkey.domain;

import java.time.Instant;

/** That a token is disabled: it opens nothing until it is enabled again. */
public record Disablement(Instant since, Reason reason) {
    public Disablement {
        since = Timestamps.checked("disabled_at", since);
    }
}
