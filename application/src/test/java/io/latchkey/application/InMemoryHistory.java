package io.latchkey.application;

import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The history of the tokens of an {@link InMemoryTokenStore}. */
final class InMemoryHistory {
    private final Map<UsePeriod, NavigableMap<Instant, Map<TokenId, UseCounts>>> periods =
            new EnumMap<>(UsePeriod.class);

    InMemoryHistory() {
        for (UsePeriod period : UsePeriod.values()) {
            periods.put(period, new TreeMap<>());
        }
    }

    void add(List<HourUse> uses) {
        periods.forEach((period, counts) -> {
            for (HourUse use : uses) {
                counts.computeIfAbsent(period.start(use.at()), _ -> new HashMap<>())
                        .merge(use.token(), use.counts(), UseCounts::and);
                counts.headMap(period.oldest(use.at())).clear();
            }
        });
    }

    Map<TokenId, List<PeriodUse>> of(UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until) {
        Map<TokenId, List<PeriodUse>> found = new HashMap<>();
        periods.getOrDefault(period, new TreeMap<>())
                .subMap(period.start(from), true, until, true)
                .forEach((start, counts) -> counts.forEach((token, count) -> {
                    if (tokens.contains(token)) {
                        found.computeIfAbsent(token, _ -> new ArrayList<>()).add(new PeriodUse(start, count));
                    }
                }));
        return found;
    }
}
