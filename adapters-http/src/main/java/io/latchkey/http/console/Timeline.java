package io.latchkey.http.console;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many tokens expire on each of the next days, as bars.
 *
 * @param days the first is today
 */
record Timeline(List<Day> days) {
    private static final int HEIGHT = 60;
    private static final int WIDTH = 20;

    /**
     * A day.
     *
     * @param number how many days from now
     * @param height of the bar, in the unit of the picture
     */
    record Day(int number, long tokens, int height) {
        int left() {
            return number * WIDTH + 3;
        }

        int top() {
            return HEIGHT - height;
        }
    }

    /** The bars for how many tokens expire on each day from now. */
    static Timeline of(List<Long> ends) {
        long most = ends.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Timeline(IntStream.range(0, ends.size())
                .mapToObj(day -> new Day(day, ends.get(day), height(ends.get(day), most)))
                .toList());
    }

    /** Also one token among many is seen. */
    private static int height(long tokens, long most) {
        return tokens == 0 ? 0 : Math.max(4, (int) (tokens * HEIGHT / most));
    }

    /** The size of the picture, as in {@code viewBox}. */
    String box() {
        return "0 0 " + days.size() * WIDTH + " " + HEIGHT;
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
