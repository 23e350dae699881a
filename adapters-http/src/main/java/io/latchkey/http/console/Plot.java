package io.latchkey.http.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Verdicts over time as stacked bars, and the same numbers as a table.
 *
 * @param unit what one bar is, such as {@code day}
 * @param oldest what stands below the first bar
 * @param reasons the headings of the refusals
 * @param bars the oldest first
 */
record Plot(String unit, String oldest, DateTimeFormatter times, List<String> reasons, List<Bar> bars) {
    static final DateTimeFormatter DAYS = utc("uuuu-MM-dd");
    static final DateTimeFormatter HOURS = utc("uuuu-MM-dd HH:mm");
    static final DateTimeFormatter MINUTES = utc("HH:mm");

    private static final int WIDTH = 10;
    private static final int HEIGHT = 60;
    /** The least height of a bar that stands for anything. */
    private static final int LEAST = 2;

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /**
     * The verdicts of one period.
     *
     * @param refusals one for each reason of the plot
     */
    record Bar(Instant start, long accepted, List<Long> refusals, long unavailable) {
        long refused() {
            return refusals.stream().mapToLong(Long::longValue).sum();
        }

        long all() {
            return accepted + refused() + unavailable;
        }
    }

    /** The size of the picture, as in {@code viewBox}. */
    String box() {
        return "0 0 " + bars.size() * WIDTH + " " + HEIGHT;
    }

    /** The bars of accepted verdicts as a path. */
    String acceptedPath() {
        return path(List.of(), Bar::accepted);
    }

    /** Those of refused ones, on top of the accepted. */
    String refusedPath() {
        return path(List.of(Bar::accepted), Bar::refused);
    }

    /** Those of secrets that could not be verified, on top of the others. */
    String unavailablePath() {
        return path(List.of(Bar::accepted, Bar::refused), Bar::unavailable);
    }

    private String path(List<ToLongFunction<Bar>> below, ToLongFunction<Bar> part) {
        long most = most();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int height = height(part.applyAsLong(bar), most);
            if (height > 0) {
                int bottom = HEIGHT
                        - below.stream()
                                .mapToInt(lower -> height(lower.applyAsLong(bar), most))
                                .sum();
                path.append('M').append(i * WIDTH + 1).append(' ').append(bottom);
                path.append("v-").append(height).append('h').append(WIDTH - 2).append('v');
                path.append(height).append('z');
            }
        }
        return path.toString();
    }

    /** Leaves room for two parts of the least height on top of the highest. */
    private static int height(long count, long most) {
        return count == 0 ? 0 : Math.max(LEAST, (int) Math.round((double) count / most * (HEIGHT - 2 * LEAST)));
    }

    long most() {
        return Math.max(1, bars.stream().mapToLong(Bar::all).max().orElse(1));
    }

    long accepted() {
        return sum(Bar::accepted);
    }

    long refused() {
        return sum(Bar::refused);
    }

    long unavailable() {
        return sum(Bar::unavailable);
    }

    private long sum(ToLongFunction<Bar> part) {
        return bars.stream().mapToLong(part).sum();
    }

    boolean isEmpty() {
        return sum(Bar::all) == 0;
    }

    /** What the picture says, for those who do not see it. */
    String label() {
        return number(accepted()) + " accepted, " + number(refused()) + " refused"
                + (unavailable() == 0 ? "" : ", " + number(unavailable()) + " without an answer") + "; at most "
                + number(most()) + " in one " + unit;
    }

    /** The numbers of the reasons that occur. */
    List<Integer> occurring() {
        return IntStream.range(0, reasons.size())
                .filter(reason -> bars.stream().anyMatch(bar -> bar.refusals().get(reason) > 0))
                .boxed()
                .toList();
    }

    /** The bars that stand for anything, the newest first. */
    List<Bar> busy() {
        List<Bar> busy =
                new ArrayList<>(bars.stream().filter(bar -> bar.all() > 0).toList());
        return busy.reversed();
    }

    String time(Bar bar) {
        return times.format(bar.start());
    }

    String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
