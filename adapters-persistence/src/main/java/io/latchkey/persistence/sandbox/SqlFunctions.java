package io.latchkey.persistence.sandbox;

import io.latchkey.application.table.SystemTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.sqlite.Function;

/** SQL functions that behave as in InfluxDB: {@code now()}, {@code LIKE} and, under the name REGEXP, {@code ILIKE}. */
final class SqlFunctions {
    private SqlFunctions() {}

    /** Registers the functions with a connection. */
    static void addTo(Connection connection, Instant now) throws SQLException {
        Function.create(connection, "now", new Now(now), -1, Function.FLAG_DETERMINISTIC);
        for (int arguments = 2; arguments <= 3; arguments++) {
            Function.create(
                    connection,
                    "like",
                    new LikeFunction(UnaryOperator.identity()),
                    arguments,
                    Function.FLAG_DETERMINISTIC);
            Function.create(
                    connection,
                    "regexp",
                    new LikeFunction(text -> text.toLowerCase(Locale.ROOT)),
                    arguments,
                    Function.FLAG_DETERMINISTIC);
        }
    }

    /** The time of the query; with an argument, so many milliseconds later. */
    private static final class Now extends Function {
        private final Instant now;

        Now(Instant now) {
            this.now = now;
        }

        @Override
        protected void xFunc() throws SQLException {
            try {
                result(SystemTokens.written(args() == 0 ? now : now.plusMillis(value_long(0))));
            } catch (DateTimeException | ArithmeticException e) {
                error("timestamp out of range");
            }
        }
    }
}
