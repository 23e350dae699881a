package io.latchkey.application.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.table.Table.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableFormatTest {
    private static final Table AWKWARD = new Table(
            List.of("a", "n,\"m\""),
            List.of(
                    List.of(new Cell.Text("x,y\n\"z\""), new Cell.Real(0.5)),
                    List.of(Cell.Nothing.NULL, new Cell.Real(Double.POSITIVE_INFINITY)),
                    List.of(new Cell.Text("\\\u0007鍵"), new Cell.Whole(-1))));

    @Test
    void csv_quotes_only_where_required() {
        assertThat(TableFormat.CSV.write(AWKWARD))
                .isEqualTo("a,\"n,\"\"m\"\"\"\n\"x,y\n\"\"z\"\"\",0.5\n,Infinity\n\\\u0007鍵,-1\n");
    }

    @Test
    void json_escapes_where_required_and_omits_values_it_cannot_represent() {
        String first = "{\"a\":\"x,y\\u000a\\\"z\\\"\",\"n,\\\"m\\\"\":0.5}";
        String last = "{\"a\":\"\\\\\\u0007鍵\",\"n,\\\"m\\\"\":-1}";
        assertThat(TableFormat.JSON.write(AWKWARD)).isEqualTo("[" + first + ",{}," + last + "]");
        assertThat(TableFormat.JSONL.write(AWKWARD)).isEqualTo(first + "\n{}\n" + last + "\n");
    }

    @Test
    void the_frame_fits_every_cell() {
        assertThat(TableFormat.PRETTY.write(AWKWARD)).isEqualTo("""
                +-------------+----------+
                | a           | n,"m"    |
                +-------------+----------+
                | x,y\\u{a}"z" | 0.5      |
                |             | Infinity |
                | \\\\u{7}鍵    | -1       |
                +-------------+----------+""");
    }
}
