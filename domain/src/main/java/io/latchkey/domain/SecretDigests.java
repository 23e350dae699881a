package io.latchkey.domain;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The digests of the current and the former secrets of one token.
 *
 * @param generation number of the current secret, from 1
 * @param former the last {@value #REMEMBERED} former secrets, the newest first
 * @param lastKeyed the last rotation with an idempotency key
 */
public record SecretDigests(
        TokenDigest digest, int generation, List<FormerSecret> former, Optional<KeyedRotation> lastKeyed) {
    /** How many former secrets are kept, to detect their reuse. */
    public static final int REMEMBERED = 10;

    /** The highest generation, of imported tokens too, so that every exported token can be imported. */
    static final int MOST_IMPORTED = 1 << 30;

    /** Checks that generations and digests are consistent. */
    public SecretDigests {
        former = List.copyOf(former);
        if (generation < 1) {
            throw new TokenFailure.Invalid("generation", "generation must be at least 1");
        }
        if (!former.isEmpty()) {
            check(digest, generation, former);
        }
    }

    private static void check(TokenDigest digest, int generation, List<FormerSecret> former) {
        Set<TokenDigest> digests = new HashSet<>(Set.of(digest));
        Set<Integer> generations = new HashSet<>(Set.of(generation));
        for (FormerSecret one : former) {
            if (!digests.add(one.digest()) || !generations.add(one.generation())) {
                throw new TokenFailure.Invalid(
                        "former_secrets", "every secret of a token must have a hash and a generation of its own");
            }
        }
        if (former.size() > REMEMBERED) {
            throw new TokenFailure.Invalid(
                    "former_secrets", "a token must not have more than " + REMEMBERED + " former secrets");
        }
    }

    /**
     * A rotation whose request may be repeated.
     *
     * @param key the {@link IdempotencyKey#sha256} of the key
     */
    public record KeyedRotation(String key, Instant at) {
        public KeyedRotation {
            if (!IdempotencyKey.isSha256(key)) {
                throw new TokenFailure.Invalid("rotation_key", "a rotation key must have 64 hexadecimal digits");
            }
            at = Timestamps.checked("rotated_at", at);
        }
    }

    static SecretDigests first(TokenDigest digest) {
        return new SecretDigests(digest, 1, List.of(), Optional.empty());
    }

    /** Refuses values that no instance writes. */
    void checkBrought() {
        if (newest() > MOST_IMPORTED) {
            throw new TokenFailure.Invalid("generation", "generation must be at most " + MOST_IMPORTED);
        }
        if (former.stream().skip(1).anyMatch(one -> one.until().isPresent())) {
            throw new TokenFailure.Invalid(
                    "former_secrets", "only the first of the former secrets can still be accepted");
        }
    }

    /** The same secrets, with the grace period limited to the longest one from this time. */
    SecretDigests gracedSince(Instant began, Expiry expiry) {
        Instant latest = began.plus(GracePeriod.LONGEST);
        return withFormer(one -> one.endingBy(latest)).endingWith(expiry);
    }

    /** The same number of secrets, with hidden digests and without the key of a rotation. */
    SecretDigests hidden() {
        return new SecretDigests(
                TokenDigest.hidden(generation),
                generation,
                former.stream().map(FormerSecret::hidden).toList(),
                Optional.empty());
    }

    /** All digests, the current one first. */
    public Stream<TokenDigest> digests() {
        return Stream.concat(Stream.of(digest), former.stream().map(FormerSecret::digest));
    }

    /** The digests that are accepted while the token is live: the current one, and one in its grace period. */
    public Stream<TokenDigest> accepted(Instant now) {
        return Stream.concat(Stream.of(digest), predecessor(now).stream().map(FormerSecret::digest));
    }

    /** The digest of a generation. */
    TokenDigest digestOf(int wanted) {
        return former.stream()
                .filter(one -> one.generation() == wanted)
                .map(FormerSecret::digest)
                .findFirst()
                .orElse(digest);
    }

    /** The former secret with this digest. */
    public Optional<FormerSecret> former(TokenDigest wanted) {
        return former.stream().filter(one -> one.digest().equals(wanted)).findFirst();
    }

    /** The previous secret, during its grace period. */
    public Optional<FormerSecret> predecessor(Instant now) {
        return former.stream().filter(one -> one.isInGraceAt(now)).findFirst();
    }

    boolean accept(TokenDigest presented, Instant now) {
        return digest.equals(presented)
                || former(presented).filter(one -> one.isInGraceAt(now)).isPresent();
    }

    /**
     * Makes a new secret the current one. The previous one is accepted until this time or not at all; earlier ones
     * are not accepted.
     */
    SecretDigests replacedBy(TokenDigest fresh, Optional<Instant> until, Optional<KeyedRotation> keyed) {
        return new SecretDigests(
                fresh,
                next(),
                remembered(new FormerSecret(generation, digest, until, Optional.empty()), former),
                keyed.or(() -> lastKeyed));
    }

    /** Ends all grace periods at the expiry of the token. */
    SecretDigests endingWith(Expiry expiry) {
        return withFormer(one -> one.endingWith(expiry));
    }

    /** Ends the grace period of the previous secret. */
    SecretDigests finished() {
        return withFormer(FormerSecret::ended);
    }

    /** Makes the previous secret the current one again; the newer one is no longer accepted. */
    SecretDigests undone(FormerSecret predecessor) {
        List<FormerSecret> others =
                former.stream().filter(one -> !one.equals(predecessor)).toList();
        return new SecretDigests(
                predecessor.digest(),
                predecessor.generation(),
                remembered(new FormerSecret(generation, digest, Optional.empty(), Optional.empty()), others),
                lastKeyed);
    }

    /** Records the reuse of a former secret. */
    SecretDigests withReuseRecorded(FormerSecret used, Instant now) {
        return withFormer(one -> one.equals(used) ? one.withReuseRecorded(now) : one);
    }

    private SecretDigests withFormer(UnaryOperator<FormerSecret> change) {
        return new SecretDigests(digest, generation, former.stream().map(change).toList(), lastKeyed);
    }

    private static List<FormerSecret> remembered(FormerSecret newest, List<FormerSecret> older) {
        return Stream.concat(Stream.of(newest), older.stream().map(FormerSecret::ended))
                .limit(REMEMBERED)
                .toList();
    }

    /** Higher than every generation before, also after an undone rotation. */
    private int next() {
        int newest = newest();
        if (newest >= MOST_IMPORTED) {
            throw new TokenFailure.Invalid(
                    "generation",
                    "the token has had " + MOST_IMPORTED + " secrets, and cannot have more: create another token");
        }
        return newest + 1;
    }

    private int newest() {
        return former.stream().mapToInt(FormerSecret::generation).reduce(generation, Math::max);
    }
}
