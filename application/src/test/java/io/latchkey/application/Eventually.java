package io.latchkey.application;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is as expected; only a hang, not a slow machine, takes {@link #PATIENCE}. */
public final class Eventually {
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private Eventually() {}

    public static void until(BooleanSupplier condition) {
        get(condition::getAsBoolean, met -> met);
    }

    public static <T> T get(Supplier<T> question, Predicate<T> expected) {
        long begun = System.nanoTime();
        T answer = question.get();
        while (!expected.test(answer)) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("still " + answer);
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos()); // leaves the CPU to the awaited work
            answer = question.get();
        }
        return answer;
    }
}
