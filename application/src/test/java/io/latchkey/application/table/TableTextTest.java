package io.latchkey.application.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.table.Table.Cell;
import io.latchkey.domain.TokenFailure;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableTextTest {
    private static final int MIB = 1 << 20;

    /** One wide cell makes every other one as wide in a frame; a long name is said in every object. */
    private static final Table WIDE =
            new Table(List.of("n".repeat(500)), Collections.nCopies(60_000, List.of(new Cell.Text("x".repeat(500)))));

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void is_refused_as_soon_as_it_is_longer_than_it_may_be(TableFormat format) {
        assertThatThrownBy(() -> TableText.bounded(format.pieces(WIDE), MIB))
                .isInstanceOf(TokenFailure.BadQuery.class)
                .hasMessage("the answer is longer in this format than 1 MiB: ask for less with WHERE or LIMIT, or for"
                        + " another format");
    }

    @Test
    void is_measured_in_bytes_as_they_are_sent() {
        assertThat(TableText.bounded(List.of("äö", "鍵").iterator(), 7).whole()).isEqualTo("äö鍵");
        assertThatThrownBy(() -> TableText.bounded(List.of("äö", "鍵").iterator(), 6))
                .isInstanceOf(TokenFailure.BadQuery.class);
    }

    @Test
    void writing_ends_when_the_client_disconnects() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TableText.bounded(TableFormat.JSON.pieces(WIDE), Long.MAX_VALUE))
                .isInstanceOf(TokenFailure.BadQuery.class)
                .hasMessage("cancelled: the client has disconnected");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void an_empty_table_is_written_too(TableFormat format) {
        assertThat(format.write(new Table(List.of("a"), List.of())))
                .isEqualTo(
                        switch (format) {
                            case PRETTY -> "+---+\n| a |\n+---+";
                            case JSON -> "[]";
                            case JSONL -> "";
                            case CSV -> "a\n";
                        });
        assertThat(TableFormat.PRETTY.write(new Table(List.of(), List.of()))).isEmpty();
    }
}
