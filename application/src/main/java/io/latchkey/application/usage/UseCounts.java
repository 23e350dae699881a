package io.latchkey.application.usage;

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
