package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenStore;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.TokenId;
import io.latchkey.persistence.jdbc.ManyTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the history of 1,000 tokens costs that are used and refused for every reason in every hour. */
final class UseHistorySizeTest {
    private static final int TOKENS = 1_000;
    private static final long MOST_BYTES = 20_000_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UseCounts HEAVY = new UseCounts(100_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void fill() throws Exception {
        file = directory.resolve("latchkey.db");
        ManyTokens.fill(file, TOKENS);
    }

    private static List<HourUse> uses(Instant at) {
        return LongStream.range(0, TOKENS)
                .mapToObj(id -> new HourUse(new TokenId(id), at, HEAVY))
                .toList();
    }

    @Test
    void the_history_of_90_days_takes_at_most_20_MB_and_does_not_grow_afterwards() throws Exception {
        SqliteTokenStore.open(file).close();
        long before = Files.size(file);
        record(UsePeriod.DAY.oldest(NOW), NOW.minus(Duration.ofDays(2)), Duration.ofDays(1));
        record(UsePeriod.HOUR.oldest(NOW), NOW, Duration.ofHours(1));
        long full = Files.size(file);
        assertThat(full - before).isBetween(TOKENS * 138L * 20, MOST_BYTES);
        record(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofDays(3)), Duration.ofHours(1));
        assertThat(Fixtures.query(file, "SELECT count(*) FROM use_history")).isEqualTo("138000");
        assertThat(Files.size(file) - full).isLessThan((full - before) / 20);
    }

    private void record(Instant from, Instant to, Duration step) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            for (Instant at = from; !at.isAfter(to); at = at.plus(step)) {
                store.addToUseHistory(uses(at));
            }
        }
    }
}
