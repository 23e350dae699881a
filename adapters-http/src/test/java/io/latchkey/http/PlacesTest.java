package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private long nanos;
    private final List<String> ended = new ArrayList<>();
    private final Places places = new Places(2, () -> nanos);

    private Places.Place take(String name) {
        return places.take(() -> ended.add(name), Refusal.UNAVAILABLE);
    }

    @Test
    void are_only_so_many_and_free_again_once_given_back() {
        Places.Place first = take("first");
        take("second");
        assertThatThrownBy(() -> take("third")).isInstanceOf(RefusedRequest.class);
        first.release();
        first.release();
        take("third");
        assertThatThrownBy(() -> take("fourth")).isInstanceOf(RefusedRequest.class);
        assertThat(ended).isEmpty();
    }

    @Test
    void are_taken_from_the_slowest_who_had_time_when_another_wants_one() {
        Places.Place fast = take("fast");
        Places.Place slow = take("slow");
        slow.moved(100_000);
        nanos = Duration.ofSeconds(10).toNanos() - 1;
        assertThatThrownBy(() -> take("early")).isInstanceOf(RefusedRequest.class);
        nanos++;
        fast.moved(10 * 256 * 1024);
        take("third");
        assertThat(ended).containsExactly("slow");
        assertThatThrownBy(() -> take("fourth")).isInstanceOf(RefusedRequest.class);
        slow.release();
        assertThatThrownBy(() -> take("fifth")).isInstanceOf(RefusedRequest.class);
    }
}
