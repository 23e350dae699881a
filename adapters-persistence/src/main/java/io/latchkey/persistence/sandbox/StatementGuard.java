package io.latchkey.persistence.sandbox;

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
 * it became, with every table that it opens and every function that it calls, however they were named. A step that is
 * not known here to be harmless is refused, so that a newer SQLite brings none that was not looked at.
 */
enum StatementGuard {
    READS_TOKENS,
    READS_NOTHING;

    /** The schema of a table that is named without one. */
    private static final int UNSAID = 0;

    private static final int OPCODE = 2;
    private static final int P2 = 4;
    private static final int P3 = 5;
    private static final int P4 = 6;

    /**
     * The steps that work on registers, on cursors that {@code OpenRead} opened, and on tables of the statement's own;
     * those of other tables need {@code OpenWrite}, those of virtual ones {@code VOpen}.
     */
    private static final Set<String> STEPS = Set.of(
            ("Init Goto Gosub Return BeginSubrtn InitCoroutine EndCoroutine Yield Jump Once If IfNot IsNull NotNull"
                            + " IsType IsTrue ZeroOrNull IfNullRow IfPos IfNotZero DecrJumpZero OffsetLimit ElseEq Halt"
                            + " HaltIfNull Noop Explain Abortable ReleaseReg Trace"
                            + " Integer Int64 Real String String8 Blob Null SoftNull Move Copy SCopy IntCopy AddImm"
                            + " MustBeInt RealAffinity Affinity Cast Concat Add Subtract Multiply Divide Remainder BitAnd"
                            + " BitOr BitNot ShiftLeft ShiftRight And Or Not Eq Ne Lt Le Gt Ge Compare Permutation CollSeq"
                            + " MakeRecord ResultRow ClrSubtype GetSubtype SetSubtype"
                            + " OpenDup OpenEphemeral OpenAutoindex OpenPseudo SorterOpen Close ColumnsUsed Column Rowid"
                            + " RowData RowCell Offset Count Sequence SequenceTest NewRowid NullRow SeekLT SeekLE SeekGE"
                            + " SeekGT SeekScan SeekHit SeekEnd SeekRowid IfNotOpen IfNoHope IfEmpty IfSmaller"
                            + " IfSizeBetween NoConflict NotFound Found NotExists Last Rewind Next Prev Sort SorterSort"
                            + " SorterNext SorterInsert SorterData SorterCompare ResetSorter Insert Delete IdxInsert"
                            + " IdxDelete IdxRowid IdxLE IdxGT IdxLT IdxGE DeferredSeek FinishSeek RowSetAdd RowSetRead"
                            + " RowSetTest FilterAdd Filter")
                    .split(" "));

    /** Those that cannot be made to take long over one row, to ask the clock or the dice, or to tell of SQLite. */
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs avg ceil coalesce concat concat_ws count cume_dist dense_rank first_value floor group_concat ifnull"
                            + " iif instr lag last_value lead length like lower ltrim max min now nth_value ntile nullif"
                            + " octet_length percent_rank rank regexp replace round row_number rtrim string_agg substr"
                            + " substring sum total trim upper")
                    .split(" "));

    /** With two arguments, these take the product of their lengths. */
    private static final Set<String> SLOW = Set.of("trim(2)", "ltrim(2)", "rtrim(2)");

    /**
     * What a statement wants; {@link TokenFailure.BadQuery} if that is more than to read one table.
     *
     * @param schema the number of the schema that the table is in
     * @param page where the table begins
     */
    static StatementGuard of(Connection connection, String sql, int schema, int page) throws SQLException {
        StatementGuard plan = READS_NOTHING;
        try (Statement statement = connection.createStatement();
                ResultSet step = statement.executeQuery("EXPLAIN " + sql)) {
            while (step.next()) {
                String opcode = step.getString(OPCODE);
                boolean allowed = switch (opcode) {
                    case "OpenRead" -> {
                        plan = READS_TOKENS;
                        if (step.getInt(P2) == page && step.getInt(P3) == UNSAID) {
                            throw QueryErrors.noSuchTable("tokens");
                        }
                        yield step.getInt(P2) == page && step.getInt(P3) == schema;
                    }
                    case "Transaction" -> step.getInt(P2) == 0;
                    case "Function", "PureFunc", "AggStep", "AggStep1", "AggInverse", "AggValue", "AggFinal" -> {
                        checkFunction(step.getString(P4));
                        yield true;
                    }
                    default -> isHarmless(opcode);
                };
                if (!allowed) {
                    throw new TokenFailure.BadQuery("a statement can read system.tokens, and nothing else");
                }
            }
        }
        return plan;
    }

    /** Whether a step neither reads a table, writes one that was there before, nor calls a function. */
    static boolean isHarmless(String opcode) {
        return STEPS.contains(opcode);
    }

    private static void checkFunction(String called) {
        String name = called.substring(0, called.indexOf('('));
        if (!FUNCTIONS.contains(name) || SLOW.contains(called)) {
            throw new TokenFailure.BadQuery("Error during planning: the function " + called + " is not offered");
        }
    }
}
