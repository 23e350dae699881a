package io.latchkey.http;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats an assertion until it holds, with a generous timeout. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Eventually() {}

    public static <T> T get(Supplier<T> question, Predicate<T> expected) {
        long begun = System.nanoTime();
        T answer = question.get();
        while (!expected.test(answer)) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("still " + answer);
            }
            Thread.onSpinWait();
            answer = question.get();
        }
        return answer;
    }
}
