package io.latchkey.application.transfer;

import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.util.Optional;

/**
 * The declared state of a token.
 *
 * <p>An existing token keeps each property that is not declared; a new one then has no description and never expires.
 *
 * @param digest of its secret; empty to accept any secret of an existing token
 */
public record DeclaredToken(
        TokenName name,
        Optional<Description> description,
        Optional<Expiry> expiry,
        Optional<TokenDigest> digest,
        AttributesEdit attributes) {
    /** A token whose attributes are not declared: those of an existing token stay, a new one is an admin token. */
    public DeclaredToken(
            TokenName name, Optional<Description> description, Optional<Expiry> expiry, Optional<TokenDigest> digest) {
        this(name, description, expiry, digest, AttributesEdit.NONE);
    }
}
