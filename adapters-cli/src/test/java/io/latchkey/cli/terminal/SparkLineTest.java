package io.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SparkLineTest {
    private static String line(long... counts) {
        return SparkLine.of(LongStream.of(counts)
                .mapToObj(count -> new PeriodUse(Instant.EPOCH, UseCounts.accepted(count)))
                .toList());
    }

    @Test
    void the_highest_bar_is_that_of_the_most_uses_and_every_use_is_seen() {
        assertThat(line(0, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo("·▁▂▃▄▅▆▇█");
        assertThat(line(1, 1_000_000, 500_000)).isEqualTo("▁█▄");
        assertThat(line(Long.MAX_VALUE, 1)).isEqualTo("█▁");
        assertThat(line(0, 0)).isEqualTo("··");
        assertThat(line()).isEmpty();
    }

    @Test
    void it_is_shown_if_the_locale_is_in_utf_8() {
        assertThat(isShown(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
        assertThat(isShown(Map.of("LC_CTYPE", "C.utf8", "LANG", "C"))).isTrue();
        assertThat(isShown(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"))).isFalse();
        assertThat(isShown(Map.of("LC_ALL", "", "LANG", "en_US.utf-8"))).isTrue();
        assertThat(isShown(Map.of())).isFalse();
    }

    private static boolean isShown(Map<String, String> variables) {
        return SparkLine.isShownIn(new Environment(
                variables,
                InputStream.nullInputStream(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                () -> true));
    }
}
