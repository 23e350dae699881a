package io.latchkey.persistence;

import io.latchkey.domain.TokenFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * What SQLite would do to answer a statement, looked at before it does.
 *
 * <p>SQLite's own authorizer is out of reach of sqlite-jdbc. This sees more: not what a statement says but the program
 * it became, with every table that it opens and every function that it calls, however they were named.
 */
final class Plan {
    private static final int OPCODE = 2;
    private static final int P2 = 4;
    private static final int P3 = 5;
    private static final int P4 = 6;

    /** Those that cannot be made to take long over one row, to ask the clock or the dice, or to tell of SQLite. */
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs avg ceil coalesce concat concat_ws count cume_dist dense_rank first_value floor group_concat ifnull"
                            + " iif instr lag last_value lead length like lower ltrim max min now nth_value ntile nullif"
                            + " octet_length percent_rank rank regexp replace round row_number rtrim string_agg substr"
                            + " substring sum total trim upper")
                    .split(" "));

    /** With two arguments, these take the product of their lengths. */
    private static final Set<String> SLOW = Set.of("trim(2)", "ltrim(2)", "rtrim(2)");

    private Plan() {}

    /**
     * Refuses a statement that wants more than to read one table.
     *
     * @param schema the number of the schema that the table is in
     * @param page where the table begins
     */
    static void check(Connection connection, String sql, int schema, int page) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet step = statement.executeQuery("EXPLAIN " + sql)) {
            while (step.next()) {
                String opcode = step.getString(OPCODE);
                boolean allowed = switch (opcode) {
                    case "OpenRead" -> step.getInt(P2) == page && step.getInt(P3) == schema;
                    case "Transaction" -> step.getInt(P2) == 0;
                    case "Function", "PureFunc", "AggStep", "AggStep1", "AggInverse", "AggValue", "AggFinal" -> {
                        checkFunction(step.getString(P4));
                        yield true;
                    }
                    case "OpenWrite", "Vacuum", "ParseSchema", "JournalMode", "Checkpoint", "ReadCookie", "SetCookie" ->
                        false;
                    // The steps of virtual tables.
                    case "Variable" -> true;
                    default -> !opcode.startsWith("V");
                };
                if (!allowed) {
                    throw new TokenFailure.BadQuery("a statement can read system.tokens, and nothing else");
                }
            }
        }
    }

    private static void checkFunction(String called) {
        String name = called.substring(0, called.indexOf('('));
        if (!FUNCTIONS.contains(name) || SLOW.contains(called)) {
            throw new TokenFailure.BadQuery("Error during planning: the function " + called + " is not offered");
        }
    }
}
