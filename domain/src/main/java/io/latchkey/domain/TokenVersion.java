package io.latchkey.domain;

/**
 * A version of a token, for optimistic locking: an editor names the version it has read.
 *
 * @param tokenId the {@link TokenId}, as a number because a million tokens have one each
 * @param number 1 when issued, one more after every change, up to {@value #MOST}; 0 for a state that no token has
 */
public record TokenVersion(long tokenId, long number) {
    /** The largest that every JSON reader reads exactly (RFC 8259, section 6). */
    public static final long MOST = (1L << 53) - 1;

    /** The largest that may come from another instance, so that the next can always be made. */
    static final long MOST_IMPORTED = 1L << 52;

    public TokenVersion {
        if (number < 0 || number > MOST) {
            throw new TokenFailure.Invalid("version", "a version must be a whole number from 1 to " + MOST);
        }
    }

    public TokenVersion(TokenId id, long number) {
        this(id.value(), number);
    }

    public TokenId id() {
        return new TokenId(tokenId);
    }

    /** Whether this is the version right after another. */
    public boolean follows(TokenVersion other) {
        return tokenId == other.tokenId && number == other.number + 1;
    }

    TokenVersion next() {
        return new TokenVersion(tokenId, number + 1);
    }
}
