package io.latchkey.domain;

import java.util.Optional;

/**
 * New values for the properties of a named token; what is empty stays as it is.
 *
 * @param lifetime counted from the moment of the edit, not of the issue
 */
public record TokenEdit(Optional<TokenName> name, Optional<Description> description, Optional<Lifetime> lifetime) {
    /** Refuses an edit of nothing with {@link TokenFailure.Invalid}. */
    public TokenEdit {
        if (name.isEmpty() && description.isEmpty() && lifetime.isEmpty()) {
            throw new TokenFailure.Invalid("edit", "nothing to change: give a new name, description or expiry");
        }
    }
}
