package io.latchkey.application.transfer;

import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.util.Optional;

/**
 * A token as somebody wants it to be.
 *
 * <p>What is not said stays as it is in a token that is there; a new one has no description and no end then.
 *
 * @param digest of its secret; empty if the token is there, whatever its secret is
 */
public record DeclaredToken(
        TokenName name, Optional<Description> description, Optional<Expiry> expiry, Optional<TokenDigest> digest) {}
