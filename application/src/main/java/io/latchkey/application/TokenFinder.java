package io.latchkey.application;

import static java.util.stream.Collectors.groupingBy;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenPermission;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Answers a {@link TokenSearch} from the tokens in memory; only the uses come from the store. */
record TokenFinder(LocalAccess access) {
    FoundTokens find(TokenSearch search) {
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.READ);
        Instant now = access.clock().instant();
        Map<TokenId, List<TokenUse>> uses =
                search.needsUses() ? access.registry().uses().stream().collect(groupingBy(TokenUse::token)) : Map.of();
        Best best = new Best(search.order(), search.from() + search.limit());
        int all = 0;
        int matches = 0;
        try (Stream<Token> tokens = access.registry().all()) {
            for (Token token : (Iterable<Token>) tokens::iterator) {
                if (!visible.allow(TokenPermission.READ, token)) {
                    continue;
                }
                all++;
                if (!search.names(token)) {
                    continue;
                }
                ListedToken row = new ListedToken(token, uses.getOrDefault(token.id(), List.of()));
                if (search.filter().of(row, now)) {
                    matches++;
                    best.offer(row);
                }
            }
        }
        List<Token> found = best.sorted().stream()
                .skip(search.from())
                .flatMap(row -> visible.seen(row.token()).stream())
                .toList();
        return new FoundTokens(listed(found, search.days()), matches, all);
    }

    /** Adds the uses to tokens, with one query for all. */
    private List<ListedToken> listed(List<Token> tokens, int days) {
        Map<TokenId, List<TokenUse>> uses = access
                .registry()
                .uses(tokens.stream().map(Token::id).toList())
                .stream()
                .collect(groupingBy(TokenUse::token));
        return access.withDays(
                tokens.stream()
                        .map(token -> new ListedToken(token, uses.getOrDefault(token.id(), List.of())))
                        .toList(),
                days);
    }

    /** The first of many rows in an order; costs little for each row that is not among them. */
    private static final class Best {
        private final Comparator<ListedToken> order;
        private final int most;
        private final PriorityQueue<ListedToken> kept;

        Best(Comparator<ListedToken> order, int most) {
            this.order = order;
            this.most = most;
            this.kept = new PriorityQueue<>(order.reversed());
        }

        void offer(ListedToken row) {
            if (kept.size() < most) {
                kept.add(row);
            } else if (order.compare(row, kept.element()) < 0) {
                kept.remove();
                kept.add(row);
            }
        }

        List<ListedToken> sorted() {
            return kept.stream().sorted(order).toList();
        }
    }
}
