package io.latchkey.application;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token as shown in a list, from any authority: InfluxDB 3 reports fewer properties, and names that are invalid here.
 *
 * @param uses the use of each of its secrets; empty if the authority does not record use
 * @param permissions as the authority writes them; {@value #ADMIN} for an admin token, empty for none
 * @param owner empty for none
 * @param days its uses on the last days; empty if not asked for
 */
public record TokenSummary(
        String name,
        Expiry expiry,
        Optional<Disablement> rest,
        Instant createdAt,
        String description,
        Optional<List<TokenUse>> uses,
        NotBefore notBefore,
        String permissions,
        String owner,
        Optional<List<PeriodUse>> days) {
    /** The permissions of an admin token. */
    public static final String ADMIN = "*:*:*";

    /** A token that is valid at once, without an owner, of an authority that has admin tokens only. */
    public TokenSummary(
            String name,
            Expiry expiry,
            Optional<Disablement> rest,
            Instant createdAt,
            String description,
            Optional<List<TokenUse>> uses) {
        this(name, expiry, rest, createdAt, description, uses, NotBefore.NONE, ADMIN, "");
    }

    /** A token without uses by day. */
    public TokenSummary(
            String name,
            Expiry expiry,
            Optional<Disablement> rest,
            Instant createdAt,
            String description,
            Optional<List<TokenUse>> uses,
            NotBefore notBefore,
            String permissions,
            String owner) {
        this(name, expiry, rest, createdAt, description, uses, notBefore, permissions, owner, Optional.empty());
    }

    /** The status of a token, as shown in a list. */
    public enum Status {
        /** The operator token, which never expires. */
        OPERATOR,
        ACTIVE,
        /** Active, but it expires soon: {@link Expiry#lastDays}. */
        EXPIRING,
        EXPIRED,
        DISABLED,
        /** It is not valid yet. */
        PENDING
    }

    /** The summary of a token with its use. */
    public static TokenSummary of(ListedToken listed) {
        Token token = listed.token();
        return new TokenSummary(
                token.name().value(),
                token.expiry(),
                token.disablement(),
                token.createdAt(),
                token.description().text(),
                Optional.of(listed.uses()),
                token.attributes().notBefore(),
                String.join(" ", token.rights().texts()),
                token.attributes().owner().text(),
                listed.days());
    }

    /** The status at a time. */
    public Status standingAt(Instant now) {
        return switch (TokenState.of(expiry, notBefore, rest, now)) {
            case EXPIRED -> Status.EXPIRED;
            case DISABLED -> Status.DISABLED;
            case PENDING -> Status.PENDING;
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

    /** All uses, combined; empty if there are none or they are unknown. */
    public Optional<TokenUse> use() {
        return uses.flatMap(each -> each.stream().reduce(TokenUse::and));
    }
}
