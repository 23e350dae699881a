package io.latchkey.domain;

import java.util.Optional;

/**
 * New values for the properties of a named token; empty values stay unchanged.
 *
 * @param lifetime counted from the time of the edit, not of the issue
 */
public record TokenEdit(
        Optional<TokenName> name,
        Optional<Description> description,
        Optional<Lifetime> lifetime,
        AttributesEdit attributes) {
    /** Refuses an edit that changes nothing with {@link TokenFailure.Invalid}. */
    public TokenEdit {
        if (name.isEmpty() && description.isEmpty() && lifetime.isEmpty() && attributes.isEmpty()) {
            throw new TokenFailure.Invalid(
                    "edit", "nothing to change: give a new name, description, expiry or other property");
        }
    }

    /** An edit that leaves the attributes unchanged. */
    public TokenEdit(Optional<TokenName> name, Optional<Description> description, Optional<Lifetime> lifetime) {
        this(name, description, lifetime, AttributesEdit.NONE);
    }
}
