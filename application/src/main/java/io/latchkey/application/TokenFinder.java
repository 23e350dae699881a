package io.latchkey.application;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenState;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Answers a {@link TokenSearch} from the tokens in memory; only the uses come from the store. */
record TokenFinder(LocalAccess access) {
    FoundTokens find(TokenSearch search) {
        VisibleTokens visible = visible();
        Instant now = access.clock().instant();
        Optional<Map<TokenId, List<TokenUse>>> uses =
                search.needsUses() ? Optional.of(byToken(access.registry().uses())) : Optional.empty();
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
                ListedToken row = row(token, uses.orElse(Map.of()));
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
        Map<TokenId, List<TokenUse>> shown = uses.orElseGet(() ->
                byToken(access.registry().uses(found.stream().map(Token::id).toList())));
        return new FoundTokens(
                access.withDays(found.stream().map(token -> row(token, shown)).toList(), search.days()), matches, all);
    }

    /** How many tokens are in each state; a state without tokens is missing. */
    Map<TokenState, Long> states() {
        VisibleTokens visible = visible();
        Instant now = access.clock().instant();
        try (Stream<Token> tokens = access.registry().all()) {
            return tokens.filter(token -> visible.allow(TokenPermission.READ, token))
                    .collect(
                            groupingBy(token -> token.stateAt(now), () -> new EnumMap<>(TokenState.class), counting()));
        }
    }

    private VisibleTokens visible() {
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.READ);
        return visible;
    }

    private static Map<TokenId, List<TokenUse>> byToken(List<TokenUse> uses) {
        return uses.stream().collect(groupingBy(TokenUse::token));
    }

    private static ListedToken row(Token token, Map<TokenId, List<TokenUse>> uses) {
        return new ListedToken(token, uses.getOrDefault(token.id(), List.of()));
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
