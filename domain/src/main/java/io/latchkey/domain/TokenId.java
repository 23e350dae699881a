package io.latchkey.domain;

/**
 * Identity of a token: counts up from 0 in the order of issue, is never reused.
 *
 * @param value 0 or more
 */
public record TokenId(long value) {
    /** The first identity of a new instance. */
    public static final TokenId FIRST = new TokenId(0);

    public TokenId {
        if (value < 0) {
            throw new IllegalArgumentException("a token id is 0 or more, not " + value);
        }
    }

    /** The identity of the token issued after this one. */
    public TokenId next() {
        return new TokenId(Math.addExact(value, 1));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
