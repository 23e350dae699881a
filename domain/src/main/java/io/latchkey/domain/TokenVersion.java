package io.latchkey.domain;

/**
 * One state of one token: what an editor says it has seen, so that nobody overwrites an edit unseen.
 *
 * @param tokenId the {@link TokenId}, as a number because a million tokens have one each
 * @param number 1 when issued, one more after every change
 */
public record TokenVersion(long tokenId, long number) {
    public TokenVersion(TokenId id, long number) {
        this(id.value(), number);
    }

    public TokenId id() {
        return new TokenId(tokenId);
    }

    TokenVersion next() {
        return new TokenVersion(tokenId, number + 1);
    }
}
