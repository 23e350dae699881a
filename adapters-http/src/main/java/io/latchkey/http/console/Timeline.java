package io.latchkey.http.console;

import io.latchkey.application.ListedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many tokens expire on each of the next 30 days, as bars.
 *
 * @param days the first is today
 */
record Timeline(List<Day> days) {
    private static final int DAYS = 30;
    private static final int HEIGHT = 60;
    private static final int WIDTH = 20;

    /**
     * A day.
     *
     * @param number how many days from now
     * @param height of the bar, in the unit of the picture
     */
    record Day(int number, int tokens, int height) {
        int left() {
            return number * WIDTH + 3;
        }

        int top() {
            return HEIGHT - height;
        }
    }

    static Timeline of(List<ListedToken> expiring, Instant now) {
        int[] counts = new int[DAYS];
        for (ListedToken listed : expiring) {
            listed.token()
                    .expiry()
                    .end()
                    .ifPresent(
                            end -> counts[Math.clamp(Duration.between(now, end).toDays(), 0, DAYS - 1)]++);
        }
        int most = Math.max(1, IntStream.of(counts).max().orElse(1));
        return new Timeline(IntStream.range(0, DAYS)
                .mapToObj(day ->
                        new Day(day, counts[day], counts[day] == 0 ? 0 : Math.max(4, counts[day] * HEIGHT / most)))
                .toList());
    }

    /** The size of the picture, as in {@code viewBox}. */
    String box() {
        return "0 0 " + DAYS * WIDTH + " " + HEIGHT;
    }

    int width() {
        return WIDTH - 6;
    }

    int height() {
        return HEIGHT;
    }

    /** The days on which a token expires. */
    List<Day> busy() {
        return days.stream().filter(day -> day.tokens() > 0).toList();
    }
}
