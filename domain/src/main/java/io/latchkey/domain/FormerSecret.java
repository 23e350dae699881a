package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A previous secret of a token.
 *
 * @param generation number of the secret among those of the token, from 1
 * @param until the time from which it is refused although its token is live; empty if it is refused always, even if
 *     the clock is set back
 * @param reuseRecordedAt when its use after that time was last recorded
 */
public record FormerSecret(
        int generation, TokenDigest digest, Optional<Instant> until, Optional<Instant> reuseRecordedAt) {
    public FormerSecret {
        if (generation < 1) {
            throw new TokenFailure.Invalid("former_secrets", "generation must be at least 1");
        }
        until = until.map(at -> Timestamps.checked("valid_until", at));
        reuseRecordedAt = reuseRecordedAt.map(at -> Timestamps.checked("alarmed_at", at));
    }

    /** Whether it is still accepted. */
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

    /** The same secret, accepted until this time at most. */
    FormerSecret endingBy(Instant latest) {
        return new FormerSecret(
                generation, digest, until.map(end -> end.isAfter(latest) ? latest : end), reuseRecordedAt);
    }

    FormerSecret withReuseRecorded(Instant now) {
        return new FormerSecret(generation, digest, until, Optional.of(now));
    }

    /** The same former secret with a hidden digest. */
    FormerSecret hidden() {
        return new FormerSecret(generation, TokenDigest.hidden(generation), until, reuseRecordedAt);
    }
}
