package io.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamingSlotsTest {
    private long nanos;
    private final List<String> ended = new ArrayList<>();
    private final StreamingSlots slots = new StreamingSlots(2, () -> nanos);

    private StreamingSlots.Slot take(String name) {
        return slots.take(() -> ended.add(name), Problem.UNAVAILABLE);
    }

    @Test
    void are_limited_and_can_be_released() {
        StreamingSlots.Slot first = take("first");
        take("second");
        assertThatThrownBy(() -> take("third")).isInstanceOf(ProblemException.class);
        first.release();
        first.release();
        take("third");
        assertThatThrownBy(() -> take("fourth")).isInstanceOf(ProblemException.class);
        assertThat(ended).isEmpty();
    }

    @Test
    void are_taken_from_the_slowest_client_after_ten_seconds() {
        StreamingSlots.Slot fast = take("fast");
        StreamingSlots.Slot slow = take("slow");
        slow.moved(100_000);
        nanos = Duration.ofSeconds(10).toNanos() - 1;
        assertThatThrownBy(() -> take("early")).isInstanceOf(ProblemException.class);
        nanos++;
        fast.moved(10 * 256 * 1024);
        take("third");
        assertThat(ended).containsExactly("slow");
        assertThatThrownBy(() -> take("fourth")).isInstanceOf(ProblemException.class);
        slow.release();
        assertThatThrownBy(() -> take("fifth")).isInstanceOf(ProblemException.class);
    }
}
