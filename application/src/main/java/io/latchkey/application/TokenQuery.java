package io.latchkey.application;

import io.latchkey.domain.NamePattern;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * A question for tokens, a page at a time in the order of their ids.
 *
 * @param after only those with a higher id; empty to begin with the first
 * @param limit how many at most, from 1 to {@value #MOST}
 * @param name only those whose name has this form
 * @param review only those
 */
public record TokenQuery(Optional<TokenId> after, int limit, Optional<NamePattern> name, TokenFilter review) {
    /** The most tokens that are told at once. */
    public static final int MOST = 1000;

    /** Every token, in the largest pages. */
    public static final TokenQuery ALL = of(Optional.empty(), TokenFilter.EVERY);

    public TokenQuery {
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
    }

    /** Those that some conditions let through, in the largest pages. */
    public static TokenQuery of(Optional<NamePattern> name, TokenFilter review) {
        return new TokenQuery(Optional.empty(), MOST, name, review);
    }

    /**
     * The same in smaller pages, unless it is selective: a page then costs the same, whatever it holds.
     *
     * @param most how many tokens a page may hold, from 1 to {@value #MOST}
     */
    public TokenQuery inPagesOf(int most) {
        return isSelective() ? this : new TokenQuery(after, Math.min(limit, most), name, review);
    }

    /** The same, from behind another token. */
    public TokenQuery after(TokenId id) {
        return new TokenQuery(Optional.of(id), limit, name, review);
    }

    /** Whether it asks for no more than some. */
    public boolean isSelective() {
        return name.isPresent() || !review.equals(TokenFilter.EVERY);
    }

    /** How many tokens are looked at for an answer, so that one that finds little is not slow. */
    int lookedAt() {
        return isSelective() ? MOST : limit;
    }

    /** Whether it asks for a token, wherever in the order that is. */
    boolean matches(ListedToken listed, Instant now) {
        return name.stream().allMatch(pattern -> pattern.matches(listed.token().name())) && review.of(listed, now);
    }
}
