package io.latchkey.persistence.sandbox;

import io.latchkey.domain.TokenFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Checks the program that SQLite compiles from a statement ({@code EXPLAIN}) before it runs: it may open one table and call
 * harmless functions.
 *
 * <p>sqlite-jdbc has no access to SQLite's own authorizer. The program shows more than the text of the statement: every
 * table that is opened and every function that is called, under whatever name. Only listed instructions are allowed, so
 * that a new instruction of a newer SQLite is refused until somebody has checked it.
 */
enum StatementGuard {
    /** The statement reads the table, so the table must be filled. */
    READS_TOKENS,
    /** The statement reads no table. */
    READS_NOTHING;

    /** The number of the schema {@code main}, in which a table without a schema is found. */
    private static final int MAIN = 0;

    private static final int OPCODE = 2;
    private static final int P2 = 4;
    private static final int P3 = 5;
    private static final int P4 = 6;

    /**
     * Instructions that work on registers, on cursors of {@code OpenRead}, and on temporary tables of the statement. To write
     * another table needs {@code OpenWrite}, to read a virtual table {@code VOpen}; neither is listed. Source: SQLite's list
     * of opcodes.
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

    /** Functions that are fast for any row and reveal neither time, random numbers nor anything about SQLite. */
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs avg ceil coalesce concat concat_ws count cume_dist dense_rank first_value floor group_concat ifnull"
                            + " iif instr lag last_value lead length like lower ltrim max min now nth_value ntile nullif"
                            + " octet_length percent_rank rank regexp replace round row_number rtrim string_agg substr"
                            + " substring sum total trim upper")
                    .split(" "));

    /** With two arguments, the time of these is the product of the lengths of the arguments. */
    private static final Set<String> SLOW = Set.of("trim(2)", "ltrim(2)", "rtrim(2)");

    /**
     * Checks a statement.
     *
     * @param schema the number of the schema of the table that may be read
     * @param page the root page of that table
     * @throws TokenFailure.BadQuery if the statement does more than to read this table
     */
    static StatementGuard of(Connection connection, String sql, int schema, int page) throws SQLException {
        StatementGuard verdict = READS_NOTHING;
        try (Statement statement = connection.createStatement();
                ResultSet step = statement.executeQuery("EXPLAIN " + sql)) {
            while (step.next()) {
                String opcode = step.getString(OPCODE);
                boolean allowed = switch (opcode) {
                    case "OpenRead" -> {
                        verdict = READS_TOKENS;
                        if (step.getInt(P2) == page && step.getInt(P3) == MAIN) {
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
                    throw new TokenFailure.BadQuery(QueryErrors.ONLY_TOKENS);
                }
            }
        }
        return verdict;
    }

    /** Whether an instruction neither opens a table, changes a table that existed before, nor calls a function. */
    static boolean isHarmless(String opcode) {
        return STEPS.contains(opcode);
    }

    private static void checkFunction(String called) {
        String name = called.substring(0, called.indexOf('('));
        if (!FUNCTIONS.contains(name) || SLOW.contains(called)) {
            throw new TokenFailure.BadQuery("Error during planning: the function " + called + " is not supported");
        }
    }
}
