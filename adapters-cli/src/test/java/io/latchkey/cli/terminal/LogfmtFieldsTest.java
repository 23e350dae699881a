package io.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LogfmtFieldsTest {
    private static String written(KeyValuePair... pairs) {
        LoggingEvent event = new LoggingEvent();
        event.setKeyValuePairs(List.of(pairs));
        return new LogfmtFields().convert(event);
    }

    @Test
    void a_value_forges_no_other_field() {
        assertThat(written(
                        new KeyValuePair("path", "/\u2028 ci\u3164\\"),
                        new KeyValuePair("token_name", "b\" status=\"200\" token_name=\"_admin"),
                        new KeyValuePair("status", 401)))
                .isEqualTo("path=\"/\\u{2028} ci\\u{3164}\\\\\""
                        + " token_name=\"b\\\" status=\\\"200\\\" token_name=\\\"_admin\" status=\"401\"");
    }

    @Test
    void a_line_without_fields_has_none() {
        assertThat(new LogfmtFields().convert(new LoggingEvent())).isEmpty();
    }
}
