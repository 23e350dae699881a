package io.latchkey.domain;

/**
 * One state of one token: what an editor says it has seen, so that nobody overwrites an edit unseen.
 *
 * @param number 1 when issued, one more after every change
 */
public record TokenVersion(TokenId id, long number) {
    TokenVersion next() {
        return new TokenVersion(id, number + 1);
    }
}
