package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret that a token had before the one it has.
 *
 * @param generation which of the token's secrets it was, counted from 1
 * @param until the first moment at which it is refused although its token is live; empty if it is refused whatever the
 *     clock says, which somebody may set back
 * @param reuseRecordedAt when its use after its end was last recorded
 */
public record FormerSecret(
        int generation, TokenDigest digest, Optional<Instant> until, Optional<Instant> reuseRecordedAt) {
    public FormerSecret {
        if (generation < 1) {
            throw new TokenFailure.Invalid("former_secrets", "generations are counted from 1");
        }
        until = until.map(at -> Timestamps.checked("valid_until", at));
        reuseRecordedAt = reuseRecordedAt.map(at -> Timestamps.checked("alarmed_at", at));
    }

    /** Whether it still opens what the token opens. */
    public boolean isInGraceAt(Instant now) {
        return until.filter(now::isBefore).isPresent();
    }

    FormerSecret ended() {
        return new FormerSecret(generation, digest, Optional.empty(), reuseRecordedAt);
    }

    FormerSecret endingWith(Expiry expiry) {
        Optional<Instant> earlier =
                expiry.end().filter(end -> until.filter(end::isBefore).isPresent());
        return new FormerSecret(generation, digest, earlier.or(() -> until), reuseRecordedAt);
    }

    /** The same, accepted no longer than until a moment. */
    FormerSecret endingBy(Instant latest) {
        return new FormerSecret(
                generation, digest, until.map(end -> end.isAfter(latest) ? latest : end), reuseRecordedAt);
    }

    FormerSecret withReuseRecorded(Instant now) {
        return new FormerSecret(generation, digest, until, Optional.of(now));
    }
}
