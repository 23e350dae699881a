package io.latchkey.persistence.model;

import java.util.Optional;

/** What a change does to the tokens, or why it does nothing. */
sealed interface Decision {
    /** The token before and after, one of which may be missing. */
    record Done(Optional<ModelToken> before, Optional<ModelToken> after) implements Decision {}

    /**
     * It does nothing.
     *
     * @param failure the simple name of the real failure's class
     */
    record Refused(String failure) implements Decision {}
}
