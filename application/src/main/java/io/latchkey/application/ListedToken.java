package io.latchkey.application;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.domain.Token;
import java.util.List;
import java.util.Optional;

/**
 * A token in a list.
 *
 * @param uses how each of its secrets was used, the oldest first; empty also from an authority that notes no uses
 * @param days its uses on the last days, the oldest first, without days that have none; empty if not asked for
 */
public record ListedToken(Token token, List<TokenUse> uses, Optional<List<PeriodUse>> days) {
    public ListedToken {
        uses = List.copyOf(uses);
        days = days.map(List::copyOf);
    }

    /** Without uses by day. */
    public ListedToken(Token token, List<TokenUse> uses) {
        this(token, uses, Optional.empty());
    }

    /** The same with the uses on the last days. */
    ListedToken with(List<PeriodUse> lastDays) {
        return new ListedToken(token, uses, Optional.of(lastDays));
    }

    /** All uses, combined; empty if there are none. */
    public Optional<TokenUse> use() {
        return uses.stream().reduce(TokenUse::and);
    }
}
