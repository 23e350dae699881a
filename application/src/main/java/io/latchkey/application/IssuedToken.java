package io.latchkey.application;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;

/** A new token with its secret, which cannot be read again (contract 1.5). */
public record IssuedToken(
        TokenId id, TokenName name, TokenSecret secret, TokenDigest digest, Instant createdAt, Expiry expiry) {
    static IssuedToken of(Token token, TokenSecret secret) {
        return new IssuedToken(token.id(), token.name(), secret, token.digest(), token.createdAt(), token.expiry());
    }
}
