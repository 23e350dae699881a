package io.latchkey.application.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SystemTokensTest {
    @Test
    void times_are_written_without_a_zone_and_with_milliseconds_only_if_there_are_some() {
        assertThat(SystemTokens.written(Instant.parse("2026-03-01T12:00:00Z"))).isEqualTo("2026-03-01T12:00:00");
        assertThat(SystemTokens.written(Instant.parse("2026-03-01T12:00:00.007Z")))
                .isEqualTo("2026-03-01T12:00:00.007");
    }

    @Test
    void who_must_not_see_hashes_sees_every_other_column() {
        List<String> all = SystemTokens.of(List.of()).toTable().columns();
        List<String> without = SystemTokens.withoutHash(List.of()).toTable().columns();
        assertThat(all).contains("hash").containsAll(without);
        assertThat(without).hasSize(all.size() - 1).doesNotContain("hash");
    }
}
