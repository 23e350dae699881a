package io.latchkey.domain;

/**
 * Identity of a token: counts up from 0 in the order of issue, is never reused.
 *
 * @param value from 0 to {@value #MOST}
 */
public record TokenId(long value) {
    /** The first identity of a new instance. */
    public static final TokenId FIRST = new TokenId(0);

    /** The largest that every JSON reader reads exactly (RFC 8259, section 6). */
    public static final long MOST = (1L << 53) - 1;

    /** The largest that may come from another instance, so that the next can always be issued. */
    static final long MOST_IMPORTED = 1L << 52;

    public TokenId {
        if (value < 0 || value > MOST) {
            throw new TokenFailure.Invalid("id", "a token id must be a whole number from 0 to " + MOST);
        }
    }

    /** The identity of the token issued after this one. */
    public TokenId next() {
        return new TokenId(value + 1);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
