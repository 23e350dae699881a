package io.latchkey.application;

import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a list shows of a token, whatever authority it is of: an InfluxDB 3 tells less, and has names that are none here.
 *
 * @param uses those of each of its secrets; empty from an authority that notes none
 */
public record TokenSummary(
        String name,
        Expiry expiry,
        Optional<Disablement> rest,
        Instant createdAt,
        String description,
        Optional<List<TokenUse>> uses) {

    /** What somebody should know of a token at a glance. */
    public enum Status {
        /** It is the operator's, which never ends. */
        OPERATOR,
        ACTIVE,
        /** It is active, and in its {@link Expiry#lastDays}. */
        EXPIRING,
        EXPIRED,
        DISABLED
    }

    /** What a list that knows of uses shows of a token. */
    public static TokenSummary of(ListedToken listed) {
        Token token = listed.token();
        return new TokenSummary(
                token.name().value(),
                token.expiry(),
                token.disablement(),
                token.createdAt(),
                token.description().text(),
                Optional.of(listed.uses()));
    }

    /** How it stands with it. */
    public Status standingAt(Instant now) {
        return switch (TokenState.of(expiry, rest, now)) {
            case EXPIRED -> Status.EXPIRED;
            case DISABLED -> Status.DISABLED;
            case ACTIVE -> {
                if (name.equals(TokenName.OPERATOR.value())) {
                    yield Status.OPERATOR;
                }
                yield expiry.isWithin(expiry.lastDays(Expiry.EXPIRING_SOON, createdAt), now)
                        ? Status.EXPIRING
                        : Status.ACTIVE;
            }
        };
    }

    /** All of its uses as one; empty if there was none, or nobody knows. */
    public Optional<TokenUse> use() {
        return uses.flatMap(each -> each.stream().reduce(TokenUse::and));
    }
}
