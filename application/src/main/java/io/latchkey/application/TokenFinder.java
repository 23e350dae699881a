package io.latchkey.application;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Answers a {@link TokenSearch} from the tokens in memory; only the uses come from the store. */
record TokenFinder(LocalAccess access) {
    private static final long DAY = Duration.ofDays(1).toMillis();

    FoundTokens find(TokenSearch search) {
        Map<TokenId, List<TokenUse>> known =
                search.needsUses() ? byToken(access.registry().uses()) : Map.of();
        VisibleTokens visible = visible();
        var sweep = new Sweep(search, visible, known, access.clock().instant());
        access.registry().each(sweep);
        List<Token> found = sweep.best.sorted().stream()
                .skip(search.from())
                .flatMap(token -> visible.seen(token).stream())
                .toList();
        Map<TokenId, List<TokenUse>> uses = search.needsUses()
                ? known
                : byToken(access.registry().uses(found.stream().map(Token::id).toList()));
        return new FoundTokens(
                access.withDays(found.stream().map(token -> row(token, uses)).toList(), search.days()),
                sweep.matches,
                sweep.all);
    }

    /** How many tokens there are, and how many of them expire on each of some days from now. */
    TokenOutlook outlook(int days) {
        VisibleTokens visible = visible();
        Instant now = access.clock().instant();
        Map<TokenState, LongAdder> states = new EnumMap<>(TokenState.class);
        var ends = new long[days];
        access.registry().each(token -> {
            if (visible.allow(TokenPermission.READ, token)) {
                states.computeIfAbsent(token.stateAt(now), _ -> new LongAdder()).increment();
                long millisLeft = token.expiry().endMillis() - now.toEpochMilli();
                if (millisLeft > 0 && millisLeft < days * DAY) {
                    ends[(int) (millisLeft / DAY)]++;
                }
            }
        });
        return new TokenOutlook(
                states.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey, count -> count.getValue().sum())),
                LongStream.of(ends).boxed().toList());
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

    /** Looks at each token once, and allocates nothing for those that are not found. */
    private static final class Sweep implements Consumer<Token> {
        private final TokenSearch search;
        private final VisibleTokens visible;
        private final Map<TokenId, List<TokenUse>> uses;
        private final Instant now;
        private final Best best;
        private int all;
        private int matches;

        Sweep(TokenSearch search, VisibleTokens visible, Map<TokenId, List<TokenUse>> uses, Instant now) {
            this.search = search;
            this.visible = visible;
            this.uses = uses;
            this.now = now;
            this.best = new Best(
                    search.order(token -> uses.getOrDefault(token.id(), List.of())), search.from() + search.limit());
        }

        @Override
        public void accept(Token token) {
            if (!visible.allow(TokenPermission.READ, token)) {
                return;
            }
            all++;
            if (search.names(token) && matches(token)) {
                matches++;
                best.offer(token);
            }
        }

        private boolean matches(Token token) {
            TokenFilter filter = search.filter();
            return filter.regardlessOfUse(token, now)
                    && (filter.unusedFor().isEmpty() || filter.of(row(token, uses), now));
        }
    }

    /** The first of many tokens in an order; costs little for each token that is not among them. */
    private static final class Best {
        private final Comparator<Token> order;
        private final int most;
        private final PriorityQueue<Token> kept;

        Best(Comparator<Token> order, int most) {
            this.order = order;
            this.most = most;
            this.kept = new PriorityQueue<>(order.reversed());
        }

        void offer(Token token) {
            if (kept.size() < most) {
                kept.add(token);
            } else if (order.compare(token, kept.element()) < 0) {
                kept.remove();
                kept.add(token);
            }
        }

        List<Token> sorted() {
            return kept.stream().sorted(order).toList();
        }
    }
}
