package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqliteVersionTest {
    @ParameterizedTest
    @CsvSource({
        "3.51.3, true",
        "3.51.4, true",
        "3.51.10, true",
        "3.52.0, true",
        "3.52, true",
        "4.0.0, true",
        "3.51.2, false",
        "3.50.9, false",
        "3.9.3, false",
        "2.99.99, false"
    })
    void is_safe_from_3_51_3_on(String version, boolean safe) {
        assertThat(SqliteVersion.parse(version).isSafe()).isEqualTo(safe);
    }
}
