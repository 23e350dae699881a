package io.latchkey.application;

import io.latchkey.domain.NamePattern;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * A query for tokens, page by page in the order of their ids.
 *
 * @param after only tokens with a higher id; empty for the first page
 * @param limit maximum number of tokens in a page, from 1 to {@value #MOST}
 * @param name only tokens whose name matches
 * @param review only tokens that this filter selects
 */
public record TokenQuery(Optional<TokenId> after, int limit, Optional<NamePattern> name, TokenFilter review) {
    /** Maximum number of tokens in a page. */
    public static final int MOST = 1000;

    /** Every token, in the largest pages. */
    public static final TokenQuery ALL = of(Optional.empty(), TokenFilter.EVERY);

    public TokenQuery {
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
    }

    /** Tokens that match the conditions, in the largest pages. */
    public static TokenQuery of(Optional<NamePattern> name, TokenFilter review) {
        return new TokenQuery(Optional.empty(), MOST, name, review);
    }

    /**
     * This query with smaller pages, unless it is selective: a page of a selective query costs the same for any limit.
     *
     * @param most maximum number of tokens in a page, from 1 to {@value #MOST}
     */
    public TokenQuery inPagesOf(int most) {
        return isSelective() ? this : new TokenQuery(after, Math.min(limit, most), name, review);
    }

    /** This query, continued after another token. */
    public TokenQuery after(TokenId id) {
        return new TokenQuery(Optional.of(id), limit, name, review);
    }

    /** Whether the query has a condition. */
    public boolean isSelective() {
        return name.isPresent() || !review.equals(TokenFilter.EVERY);
    }

    /** How many tokens are examined for one page, so that a query with few matches stays fast. */
    int lookedAt() {
        return isSelective() ? MOST : limit;
    }

    /** Whether a token matches, regardless of {@code after}. */
    boolean matches(ListedToken listed, Instant now) {
        return name.stream().allMatch(pattern -> pattern.matches(listed.token().name())) && review.of(listed, now);
    }
}
