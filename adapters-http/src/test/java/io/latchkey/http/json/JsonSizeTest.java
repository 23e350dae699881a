package io.latchkey.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "1 1",
                "\"a,b:c[{\" 1",
                "\"a\\\",b\" 1",
                "\"a\\\\\",1 2",
                "[] 2",
                "[1,1,1] 4",
                "[[],[{}]] 6",
                "{\"a\":1,\"b\":[1,2]} 7",
            })
    void counts_at_least_all_names_and_values(String json, int values) {
        assertThat(JsonSize.values(json.getBytes(UTF_8))).isEqualTo(values);
    }
}
