package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingInputStreamTest {
    private final List<String> events = new ArrayList<>();
    private long moved;
    private final ClosingInputStream stream = new ClosingInputStream(
            new ByteArrayInputStream("abcd".getBytes(US_ASCII)) {
                @Override
                public void close() {
                    events.add("closed");
                }
            },
            3,
            bytes -> moved = bytes,
            () -> events.add("then"));

    @Test
    void is_closed_once_with_its_last_byte() throws IOException {
        assertThat(stream.readNBytes(2)).asString(US_ASCII).isEqualTo("ab");
        assertThat(events).isEmpty();
        assertThat(moved).isEqualTo(2);
        assertThat(stream.read()).isEqualTo('c');
        assertThat(moved).isEqualTo(3);
        assertThat(events).containsExactly("closed", "then");
        assertThat(stream.read()).isEqualTo(-1);
        stream.close();
        assertThat(events).hasSize(2);
    }

    @Test
    void can_be_closed_earlier() throws IOException {
        assertThat(stream.read()).isEqualTo('a');
        stream.close();
        assertThat(events).containsExactly("closed", "then");
    }
}
