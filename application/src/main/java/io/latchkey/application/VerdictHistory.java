package io.latchkey.application;

import io.latchkey.application.usage.MinuteVerdicts;
import io.latchkey.application.usage.UseCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The verdicts of the last hour by minute, in memory: what {@link VerdictCounts} counted from one look to the next. Verdicts
 * are noted in the minute of the next look, which is at most {@link TokenUse#ACCURACY} later.
 */
final class VerdictHistory {
    private static final int MINUTES = 60;

    private final VerdictCounts counts;

    // Both guarded by this.
    /** The minute with the number {@code n} is at {@code n % MINUTES}. */
    private final List<MinuteVerdicts> slots =
            new ArrayList<>(Collections.nCopies(MINUTES, new MinuteVerdicts(Instant.MIN, UseCounts.NONE, 0, 0)));

    private MinuteVerdicts seen = new MinuteVerdicts(Instant.MIN, UseCounts.NONE, 0, 0);

    VerdictHistory(VerdictCounts counts) {
        this.counts = counts;
    }

    /** Notes the verdicts since the last look. */
    synchronized void look(Instant now) {
        Instant start = start(number(now));
        MinuteVerdicts all = new MinuteVerdicts(start, known(), counts.unknown(), counts.unavailable());
        int slot = (int) Math.floorMod(number(now), (long) MINUTES);
        MinuteVerdicts before = slots.get(slot);
        MinuteVerdicts sum = before.start().equals(start) ? before : new MinuteVerdicts(start, UseCounts.NONE, 0, 0);
        slots.set(
                slot,
                new MinuteVerdicts(
                        start,
                        sum.counts().and(all.counts().minus(seen.counts())),
                        sum.unknown() + all.unknown() - seen.unknown(),
                        sum.unavailable() + all.unavailable() - seen.unavailable()));
        seen = all;
    }

    private UseCounts known() {
        return new UseCounts(
                counts.accepted(),
                counts.expired(),
                counts.disabled(),
                counts.retired(),
                counts.notYet(),
                counts.origin(),
                counts.route());
    }

    /** Each of the last 60 minutes, the oldest first and the current one last. */
    synchronized List<MinuteVerdicts> lastHour(Instant now) {
        look(now);
        List<MinuteVerdicts> minutes = new ArrayList<>(MINUTES);
        for (long number = number(now) - MINUTES + 1; number <= number(now); number++) {
            MinuteVerdicts slot = slots.get((int) Math.floorMod(number, (long) MINUTES));
            Instant start = start(number);
            minutes.add(slot.start().equals(start) ? slot : new MinuteVerdicts(start, UseCounts.NONE, 0, 0));
        }
        return Collections.unmodifiableList(minutes);
    }

    private static long number(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60L);
    }

    private static Instant start(long number) {
        return Instant.ofEpochSecond(number * 60);
    }
}
