package io.latchkey.persistence.jdbc;

import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.TokenId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code use_history}: one row for each hour or day and token with uses or refusals.
 *
 * <p>The rows of one period lie together, so that a flush writes few pages and old rows go at once. They have no foreign
 * key, which would search all periods when a token is deleted: rows of a deleted token are not read, and go with their
 * period.
 */
final class UseHistoryTable {
    private static final String ADD = """
            INSERT INTO use_history
                (hours, number, token_id, accepted, expired, disabled, retired, not_yet, origin, route)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM token WHERE id = ?)
            ON CONFLICT (hours, number, token_id) DO UPDATE SET
                accepted = use_history.accepted + excluded.accepted,
                expired = use_history.expired + excluded.expired,
                disabled = use_history.disabled + excluded.disabled,
                retired = use_history.retired + excluded.retired,
                not_yet = use_history.not_yet + excluded.not_yet,
                origin = use_history.origin + excluded.origin,
                route = use_history.route + excluded.route
            """;

    private static final Sql REMOVE = new Sql("DELETE FROM use_history WHERE hours = ? AND number < ?");

    // Each period is looked up by itself: a range of them would read the rows of all tokens.
    private static final String SELECT = """
            WITH RECURSIVE period (number) AS (
                SELECT CAST(? AS BIGINT) UNION ALL SELECT number + 1 FROM period WHERE number < ?)
            SELECT token_id, use_history.number, accepted, expired, disabled, retired, not_yet, origin, route
            FROM period CROSS JOIN use_history
            WHERE use_history.number = period.number
                AND hours = ? AND EXISTS (SELECT 1 FROM token WHERE id = token_id) AND token_id IN (""";

    private static final String ORDER = ") ORDER BY use_history.number";

    private UseHistoryTable() {}

    /** Adds to the hours and days of tokens, and removes those that are no longer kept. */
    static void add(Connection connection, List<HourUse> uses) throws SQLException {
        Instant newest = uses.stream().map(HourUse::at).max(Instant::compareTo).orElse(Instant.MIN);
        for (UsePeriod period : UsePeriod.values()) {
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                for (HourUse use : uses) {
                    add(add, period, use);
                }
                var _ = add.executeBatch();
            }
            if (!uses.isEmpty()) {
                REMOVE.run(connection, period.length().toHours(), period.number(period.oldest(newest)));
            }
        }
    }

    private static void add(PreparedStatement add, UsePeriod period, HourUse use) throws SQLException {
        UseCounts counts = use.counts();
        add.setLong(1, period.length().toHours());
        add.setLong(2, period.number(use.at()));
        add.setLong(3, use.token().value());
        add.setLong(4, counts.accepted());
        add.setLong(5, counts.expired());
        add.setLong(6, counts.disabled());
        add.setLong(7, counts.retired());
        add.setLong(8, counts.notYet());
        add.setLong(9, counts.origin());
        add.setLong(10, counts.route());
        add.setLong(11, use.token().value());
        add.addBatch();
    }

    /** The periods of some tokens from one time to another, both included. */
    static Map<TokenId, List<PeriodUse>> of(
            Connection connection, UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until)
            throws SQLException {
        if (tokens.isEmpty()) {
            return Map.of();
        }
        Instant first = from.isBefore(period.oldest(until)) ? period.oldest(until) : from;
        String markers = String.join(", ", Collections.nCopies(tokens.size(), "?"));
        try (PreparedStatement query = connection.prepareStatement(SELECT + markers + ORDER)) {
            query.setLong(1, period.number(first));
            query.setLong(2, period.number(until));
            query.setLong(3, period.length().toHours());
            int place = 4;
            for (TokenId token : tokens) {
                query.setLong(place++, token.value());
            }
            return read(query, period);
        }
    }

    private static Map<TokenId, List<PeriodUse>> read(PreparedStatement query, UsePeriod period) throws SQLException {
        Map<TokenId, List<PeriodUse>> found = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                TokenId token = DamagedRow.unless("the history of token", row, one -> new TokenId(one.getLong(1)));
                found.computeIfAbsent(token, _ -> new ArrayList<>())
                        .add(DamagedRow.unless("the history of token", row, one -> readWhole(one, period)));
            }
        }
        return found;
    }

    private static PeriodUse readWhole(ResultSet row, UsePeriod period) throws SQLException {
        return new PeriodUse(
                period.start(row.getLong(2)),
                new UseCounts(
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)));
    }
}
