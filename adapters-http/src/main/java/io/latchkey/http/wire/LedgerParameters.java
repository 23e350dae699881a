package io.latchkey.http.wire;

import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** A query of the ledger as the parameters of a URL. */
public final class LedgerParameters {
    /** All parameters. */
    public static final List<String> NAMES =
            List.of("after", "limit", "token_name", "since", "until", "actor", "id", "kind");

    /** The parameters that may be repeated. */
    public static final List<String> REPEATABLE = List.of("kind");

    private static final int DEFAULT_LIMIT = 100;

    private LedgerParameters() {}

    /** Reads the parameters; a missing limit is 100. */
    public static LedgerQuery read(String query) {
        return new LedgerQuery(
                whole(query, "after").orElse(0L),
                whole(query, "limit")
                        .map(limit -> (int) Math.min(limit, Integer.MAX_VALUE))
                        .orElse(DEFAULT_LIMIT),
                value(query, "token_name").map(TokenName::new),
                instant(query, "since"),
                instant(query, "until"),
                value(query, "actor"),
                whole(query, "id").map(TokenId::new),
                Set.copyOf(PercentEncoding.values(query, "kind")));
    }

    /** Writes the parameters. */
    public static String write(LedgerQuery query) {
        StringJoiner parameters = new StringJoiner("&");
        parameters.add("after=" + query.after()).add("limit=" + query.limit());
        query.token().ifPresent(name -> parameters.add("token_name=" + PercentEncoding.encode(name.value())));
        query.since().ifPresent(since -> parameters.add("since=" + PercentEncoding.encode(since.toString())));
        query.until().ifPresent(until -> parameters.add("until=" + PercentEncoding.encode(until.toString())));
        query.actor().ifPresent(actor -> parameters.add("actor=" + PercentEncoding.encode(actor)));
        query.id().ifPresent(id -> parameters.add("id=" + id.value()));
        query.kinds().stream().sorted().forEach(kind -> parameters.add("kind=" + PercentEncoding.encode(kind)));
        return parameters.toString();
    }

    private static Optional<String> value(String query, String name) {
        return PercentEncoding.values(query, name).stream().findFirst();
    }

    private static Optional<Long> whole(String query, String name) {
        return value(query, name).map(text -> {
            if (!text.matches("[0-9]{1,18}")) {
                throw new TokenFailure.Invalid(name, "expected a whole number of 0 or more");
            }
            return Long.parseLong(text);
        });
    }

    private static Optional<Instant> instant(String query, String name) {
        return value(query, name)
                .map(text -> HumanMoment.timestamp(text)
                        .orElseThrow(() ->
                                new TokenFailure.Invalid(name, "expected a timestamp like 2030-01-31T12:00:00Z")));
    }
}
