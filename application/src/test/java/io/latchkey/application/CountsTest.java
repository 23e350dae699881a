package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.NamePattern;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sums of verdicts and uses, and how many tokens a query looks at. */
final class CountsTest {
    @Test
    void every_kind_of_verdict_counts_once_among_all() {
        VerdictCounts counts = new VerdictCounts();
        long before = counts.total();
        for (Verdict.Refused reason : Verdict.Refused.values()) {
            counts.count(reason);
            counts.count(reason);
            assertThat(counts.total() - before).as(reason.name()).isEqualTo(2);
            before = counts.total();
        }
        counts.count(Verdict.Unavailable.STALE);
        assertThat(counts.total() - before).isEqualTo(1);
        assertThat(counts.unavailable()).isEqualTo(1);
    }

    @Test
    void uses_are_added_and_subtracted_kind_by_kind() {
        UseCounts all = new UseCounts(1, 2, 3, 4, 5, 6, 7);
        assertThat(all.and(all)).isEqualTo(new UseCounts(2, 4, 6, 8, 10, 12, 14));
        assertThat(new UseCounts(10, 20, 30, 40, 50, 60, 70).minus(all))
                .isEqualTo(new UseCounts(9, 18, 27, 36, 45, 54, 63));
        assertThat(all.refused()).isEqualTo(27);
        assertThat(UseCounts.of(name -> all.byName().getOrDefault(name, 0L))).isEqualTo(all);
        assertThat(all.byName().keySet())
                .containsExactly("accepted", "expired", "disabled", "retired", "not_yet", "origin", "route");
    }

    @Test
    void a_selective_query_looks_at_more_tokens_than_it_returns() {
        TokenQuery all = TokenQuery.ALL.inPagesOf(10);
        TokenQuery named = TokenQuery.of(Optional.of(NamePattern.parse("ci-*")), TokenFilter.EVERY);
        TokenQuery unused = TokenQuery.of(
                Optional.empty(), new TokenFilter(Optional.of(Duration.ofDays(1)), Optional.empty(), Optional.empty()));
        assertThat(all.isSelective()).isFalse();
        assertThat(all.limit()).isEqualTo(10);
        assertThat(all.lookedAt()).isEqualTo(10);
        for (TokenQuery selective : new TokenQuery[] {named, unused}) {
            assertThat(selective.isSelective()).isTrue();
            assertThat(selective.inPagesOf(10)).isEqualTo(selective);
            assertThat(new TokenQuery(Optional.empty(), 10, selective.name(), selective.review()).lookedAt())
                    .isEqualTo(TokenQuery.MOST);
        }
    }

    @Test
    void lines_that_the_log_lost_are_counted_by_their_cause() {
        LogCounts counts = new LogCounts();
        counts.addDropped();
        counts.addThrottled();
        counts.addThrottled();
        assertThat(counts.dropped()).isEqualTo(1);
        assertThat(counts.throttled()).isEqualTo(2);
    }
}
