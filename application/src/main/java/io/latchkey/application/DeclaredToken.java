package io.latchkey.application;

import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.util.Optional;

/**
 * A token as somebody wants it to be.
 *
 * @param digest of its secret; empty if the token is there, whatever its secret is
 */
public record DeclaredToken(TokenName name, Description description, Expiry expiry, Optional<TokenDigest> digest) {}
