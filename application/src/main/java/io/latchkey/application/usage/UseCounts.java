package io.latchkey.application.usage;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/**
 * How often the secrets of a token were accepted or refused.
 *
 * @param accepted verifications that were accepted
 * @param expired refusals because the token had expired
 * @param disabled refusals because the token was disabled
 * @param retired refusals because the secret had been rotated away
 * @param notYet refusals because the token was not valid yet
 * @param origin refusals because of the address
 * @param route refusals because of the request
 */
public record UseCounts(
        long accepted, long expired, long disabled, long retired, long notYet, long origin, long route) {
    public static final UseCounts NONE = new UseCounts(0, 0, 0, 0, 0, 0, 0);

    /** So many accepted verifications. */
    public static UseCounts accepted(long count) {
        return new UseCounts(count, 0, 0, 0, 0, 0, 0);
    }

    /** The counts that are found by their names in {@link #byName}. */
    public static UseCounts of(ToLongFunction<String> count) {
        return new UseCounts(
                count.applyAsLong("accepted"),
                count.applyAsLong("expired"),
                count.applyAsLong("disabled"),
                count.applyAsLong("retired"),
                count.applyAsLong("not_yet"),
                count.applyAsLong("origin"),
                count.applyAsLong("route"));
    }

    /** Each count by its name in the HTTP API, in a fixed order. */
    public SequencedMap<String, Long> byName() {
        SequencedMap<String, Long> counts = new LinkedHashMap<>();
        counts.put("accepted", accepted);
        counts.put("expired", expired);
        counts.put("disabled", disabled);
        counts.put("retired", retired);
        counts.put("not_yet", notYet);
        counts.put("origin", origin);
        counts.put("route", route);
        return counts;
    }

    /** The sum of both. */
    public UseCounts and(UseCounts other) {
        return new UseCounts(
                accepted + other.accepted,
                expired + other.expired,
                disabled + other.disabled,
                retired + other.retired,
                notYet + other.notYet,
                origin + other.origin,
                route + other.route);
    }

    /** What was added to earlier counts. */
    public UseCounts minus(UseCounts earlier) {
        return new UseCounts(
                accepted - earlier.accepted,
                expired - earlier.expired,
                disabled - earlier.disabled,
                retired - earlier.retired,
                notYet - earlier.notYet,
                origin - earlier.origin,
                route - earlier.route);
    }

    /** Refusals for any reason. */
    public long refused() {
        return expired + disabled + retired + notYet + origin + route;
    }
}
