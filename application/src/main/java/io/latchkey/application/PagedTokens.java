package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * All tokens of a store in the order of their ids, read page by page, so that memory use is bounded and no transaction
 * stays open.
 *
 * <p>Not a snapshot: each token is as it was when its page was read.
 */
record PagedTokens(TokenStore store) implements Iterable<Token> {
    private static final int PAGE = 200;

    @Override
    public Iterator<Token> iterator() {
        return new Pages(store);
    }

    private static final class Pages implements Iterator<Token> {
        private final TokenStore store;
        private TokenId from = TokenId.FIRST;
        private Iterator<Token> page = List.<Token>of().iterator();
        private boolean last;

        Pages(TokenStore store) {
            this.store = store;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !last) {
                List<Token> next = store.page(from, PAGE);
                last = next.size() < PAGE;
                if (!last) {
                    from = next.getLast().id().next();
                }
                page = next.iterator();
            }
            return page.hasNext();
        }

        @Override
        public Token next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
