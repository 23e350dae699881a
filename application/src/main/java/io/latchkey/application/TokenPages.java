package io.latchkey.application;

import io.latchkey.domain.TokenId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages of a query, fetched one after the other when needed; at least one.
 *
 * <p>Not a snapshot: each token appears once, as it was when its page was fetched.
 */
public final class TokenPages implements Iterator<TokenPage> {
    private final Function<TokenQuery, TokenPage> source;
    private TokenQuery query;
    private boolean ended;

    TokenPages(TokenQuery query, Function<TokenQuery, TokenPage> source) {
        this.query = query;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public TokenPage next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        TokenPage page = source.apply(query);
        Optional<TokenId> next = page.next();
        ended = next.isEmpty();
        next.ifPresent(id -> query = query.after(id));
        return page;
    }

    /** The tokens of all pages. */
    Iterator<ListedToken> tokens() {
        return new Tokens(this);
    }

    private static final class Tokens implements Iterator<ListedToken> {
        private final TokenPages pages;
        private Iterator<ListedToken> page = List.<ListedToken>of().iterator();

        Tokens(TokenPages pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && pages.hasNext()) {
                page = pages.next().tokens().iterator();
            }
            return page.hasNext();
        }

        @Override
        public ListedToken next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
