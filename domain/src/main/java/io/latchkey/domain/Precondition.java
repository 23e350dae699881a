package io.latchkey.domain;

import java.util.List;

/**
 * The versions of a token that may be changed (RFC 9110, section 13.1.1).
 *
 * @param oneOf the acceptable versions; empty for any
 */
public record Precondition(List<TokenVersion> oneOf) {
    /** Any version. */
    public static final Precondition NONE = new Precondition(List.of());

    public Precondition {
        oneOf = List.copyOf(oneOf);
    }

    void check(Token token) {
        if (!oneOf.isEmpty() && !oneOf.contains(token.version())) {
            throw new TokenFailure.VersionMismatch(token.name());
        }
    }
}
