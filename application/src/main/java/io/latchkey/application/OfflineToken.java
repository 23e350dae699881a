package io.latchkey.application;

import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A token with a secret, which no authority knows yet. */
public record OfflineToken(TokenName name, TokenSecret secret, Expiry expiry, Description description) {
    /** A new token whose lifetime starts now, even if it is registered later. */
    public static OfflineToken prepare(
            TokenName name, Lifetime lifetime, Description description, InstantSource clock, SecureRandom random) {
        name.checkNew();
        return new OfflineToken(
                name,
                TokenSecret.generate(random),
                lifetime.startingAt(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                description);
    }
}
