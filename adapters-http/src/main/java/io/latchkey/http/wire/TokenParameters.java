package io.latchkey.http.wire;

import io.latchkey.application.LabelMatch;
import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenTraits;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.NamePattern;
import io.latchkey.domain.Owner;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** A query of tokens as the parameters of a URL. */
public final class TokenParameters {
    /** All parameters. */
    public static final List<String> NAMES = List.of(
            "limit", "after", "state", "name", "unused_for", "expiring_within", "kind", "owner", "label", "days");

    /** The parameters that may be given several times. */
    public static final List<String> REPEATABLE = List.of("label");

    /** Tokens in one part of a streamed response: few, but enough to keep a client busy. */
    private static final int IN_PART = 200;

    private static final String STATES = "active, pending, expired or disabled";

    private TokenParameters() {}

    /** Whether a query asks for one page, and not for all tokens. */
    public static boolean asksForPage(String query) {
        return PercentEncoding.names(query).contains("limit");
    }

    /** Reads the parameters. */
    public static TokenQuery read(String query) {
        return new TokenQuery(
                whole(query, "after").map(TokenId::new),
                whole(query, "limit").map(TokenParameters::small).orElse(IN_PART),
                value(query, "name").map(NamePattern::parse),
                new TokenFilter(
                        duration(query, "unused_for"),
                        duration(query, "expiring_within"),
                        value(query, "state").map(TokenParameters::state),
                        new TokenTraits(
                                value(query, "kind").map(TokenParameters::kind),
                                value(query, "owner").map(Owner::new),
                                PercentEncoding.values(query, "label").stream()
                                        .map(TokenParameters::label)
                                        .toList())),
                whole(query, "days").map(TokenParameters::small).orElse(0));
    }

    /** Writes the parameters. */
    public static String write(TokenQuery query) {
        StringJoiner parameters = new StringJoiner("&").add("limit=" + query.limit());
        query.after().ifPresent(after -> parameters.add("after=" + after.value()));
        query.name().ifPresent(name -> parameters.add("name=" + PercentEncoding.encode(name.text())));
        query.review().state().ifPresent(state -> parameters.add("state=" + word(state)));
        query.review().unusedFor().ifPresent(time -> parameters.add("unused_for=" + time.toMillis() + "ms"));
        query.review().expiringWithin().ifPresent(time -> parameters.add("expiring_within=" + time.toMillis() + "ms"));
        TokenTraits traits = query.review().traits();
        traits.kind().ifPresent(kind -> parameters.add("kind=" + TokenJson.word(kind)));
        traits.owner().ifPresent(owner -> parameters.add("owner=" + PercentEncoding.encode(owner.text())));
        traits.labels().forEach(label -> parameters.add("label=" + PercentEncoding.encode(label.text())));
        if (query.days() > 0) {
            parameters.add("days=" + query.days());
        }
        return parameters.toString();
    }

    private static TokenKind kind(String word) {
        for (TokenKind kind : TokenKind.values()) {
            if (TokenJson.word(kind).equals(word)) {
                return kind;
            }
        }
        throw new TokenFailure.Invalid("kind", "expected operator, named or resource");
    }

    private static LabelMatch label(String text) {
        try {
            return LabelMatch.parse(text);
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid("label", e.sentence());
        }
    }

    private static String word(TokenState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static TokenState state(String word) {
        for (TokenState state : TokenState.values()) {
            if (word(state).equals(word)) {
                return state;
            }
        }
        throw new TokenFailure.Invalid("state", "expected " + STATES);
    }

    private static Optional<String> value(String query, String name) {
        return PercentEncoding.values(query, name).stream().findFirst();
    }

    private static Optional<Duration> duration(String query, String name) {
        return value(query, name).map(text -> {
            try {
                return HumanDuration.parse(text);
            } catch (TokenFailure.Invalid e) {
                throw new TokenFailure.Invalid(name, e.sentence());
            }
        });
    }

    private static int small(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private static Optional<Long> whole(String query, String name) {
        return value(query, name).map(text -> {
            if (!text.matches("[0-9]{1,18}")) {
                throw new TokenFailure.Invalid(name, "expected a whole number of 0 or more");
            }
            return Long.parseLong(text);
        });
    }
}
