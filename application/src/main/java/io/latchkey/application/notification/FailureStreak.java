package io.latchkey.application.notification;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tokens for which attempts failed since the receiver last accepted a notification. If there are many, the receiver
 * is probably out of order for all of them, and gets a short pause after each failed attempt.
 *
 * <p>Not thread-safe. Times are nanoseconds of the ticker, never negative.
 */
final class FailureStreak {
    /** The number of tokens that may fail in a row without a pause. */
    static final int UNPAUSED = 20;

    private final Map<TokenQueue.Urgency, Set<TokenQueue.Key>> failed = new EnumMap<>(TokenQueue.Urgency.class);
    private final Map<TokenQueue.Urgency, Long> pausedUntil = new EnumMap<>(TokenQueue.Urgency.class);

    /** The receiver accepted a notification. */
    void accepted() {
        failed.clear();
        pausedUntil.clear();
    }

    /**
     * An attempt failed.
     *
     * @param pause the pause if too many failed in a row
     * @param asked how long the receiver asks to wait; honored up to the pause, because it may concern one token only
     */
    void failed(Notification notice, long now, Duration pause, Duration asked) {
        TokenQueue.Key key = TokenQueue.Key.of(notice);
        Set<TokenQueue.Key> row = failed.computeIfAbsent(key.urgency(), _ -> new HashSet<>());
        row.add(key);
        Duration least = row.size() > UNPAUSED || asked.compareTo(pause) > 0 ? pause : asked;
        pausedUntil.put(key.urgency(), now + least.toNanos());
    }

    boolean isPaused(TokenQueue.Urgency urgency, long now) {
        return now < pausedUntil.getOrDefault(urgency, 0L);
    }
}
