package io.latchkey.application;

import io.latchkey.application.usage.UsePeriod;
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
 * @param days on how many of the last days the uses of each token are listed, from 0 to the days that are kept
 */
public record TokenQuery(Optional<TokenId> after, int limit, Optional<NamePattern> name, TokenFilter review, int days) {
    /** Maximum number of tokens in a page. */
    public static final int MOST = 1000;

    /** Every token, in the largest pages. */
    public static final TokenQuery ALL = of(Optional.empty(), TokenFilter.EVERY);

    public TokenQuery {
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
        if (days < 0 || days > UsePeriod.DAY.kept()) {
            throw new TokenFailure.Invalid("days", "expected a number from 0 to " + UsePeriod.DAY.kept());
        }
    }

    /** Without uses by day. */
    public TokenQuery(Optional<TokenId> after, int limit, Optional<NamePattern> name, TokenFilter review) {
        this(after, limit, name, review, 0);
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
        return isSelective() ? this : new TokenQuery(after, Math.min(limit, most), name, review, days);
    }

    /** This query, continued after another token. */
    public TokenQuery after(TokenId id) {
        return new TokenQuery(Optional.of(id), limit, name, review, days);
    }

    /** This query with the uses of each token on the last days. */
    public TokenQuery withDays(int last) {
        return new TokenQuery(after, limit, name, review, last);
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
