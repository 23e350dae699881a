package io.latchkey.domain;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The secrets of one token, by their digests: the one it has and those it had.
 *
 * @param generation which of the token's secrets it has, counted from 1
 * @param former the last {@value #REMEMBERED} that were replaced, the last one first
 * @param lastKeyed the last rotation that came with a key
 */
public record SecretDigests(
        TokenDigest digest, int generation, List<FormerSecret> former, Optional<KeyedRotation> lastKeyed) {
    /** How many are remembered, so that the use of one can be told from a wrong guess. */
    public static final int REMEMBERED = 10;

    /** The highest generation that may come from another instance, so that the next secret can always be made. */
    static final int MOST_BROUGHT = 1 << 30;

    /** Refuses secrets that no token ever has, because they cannot have followed each other. */
    public SecretDigests {
        former = List.copyOf(former);
        if (generation < 1) {
            throw new TokenFailure.Invalid("generation", "generations are counted from 1");
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
     * A rotation that may be asked for again by mistake.
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

    /** Refuses what no instance makes of a token's secrets, though it could be kept. */
    void checkBrought() {
        if (newest() > MOST_BROUGHT) {
            throw new TokenFailure.Invalid("generation", "generation must be at most " + MOST_BROUGHT);
        }
        if (former.stream().skip(1).anyMatch(one -> one.until().isPresent())) {
            throw new TokenFailure.Invalid(
                    "former_secrets", "only the first of the former secrets can still be accepted");
        }
    }

    /** The same, accepted no longer than the rules allow when the grace began at a moment. */
    SecretDigests gracedSince(Instant began, Expiry expiry) {
        Instant latest = began.plus(GracePeriod.LONGEST);
        return withFormer(one -> one.endingBy(latest)).endingWith(expiry);
    }

    /** All digests, the one in use first. */
    public Stream<TokenDigest> digests() {
        return Stream.concat(Stream.of(digest), former.stream().map(FormerSecret::digest));
    }

    /** The digests that are accepted as long as the token is live: of the secret it has, and of the one in its grace. */
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

    /** The secret with a digest, if it was one before. */
    public Optional<FormerSecret> former(TokenDigest wanted) {
        return former.stream().filter(one -> one.digest().equals(wanted)).findFirst();
    }

    /** The secret before, while both are accepted. */
    public Optional<FormerSecret> predecessor(Instant now) {
        return former.stream().filter(one -> one.isInGraceAt(now)).findFirst();
    }

    boolean accept(TokenDigest presented, Instant now) {
        return digest.equals(presented)
                || former(presented).filter(one -> one.isInGraceAt(now)).isPresent();
    }

    /** A new secret; the one before lives until then, or dies at once, and whatever was before that dies. */
    SecretDigests replacedBy(TokenDigest fresh, Optional<Instant> until, Optional<KeyedRotation> keyed) {
        return new SecretDigests(
                fresh,
                next(),
                remembered(new FormerSecret(generation, digest, until, Optional.empty()), former),
                keyed.or(() -> lastKeyed));
    }

    /** None that was replaced is accepted after the end of the token. */
    SecretDigests endingWith(Expiry expiry) {
        return withFormer(one -> one.endingWith(expiry));
    }

    /** The secret before dies. */
    SecretDigests finished() {
        return withFormer(FormerSecret::ended);
    }

    /** The secret before is the secret again, and the one after it dies. */
    SecretDigests undone(FormerSecret predecessor) {
        List<FormerSecret> others =
                former.stream().filter(one -> !one.equals(predecessor)).toList();
        return new SecretDigests(
                predecessor.digest(),
                predecessor.generation(),
                remembered(new FormerSecret(generation, digest, Optional.empty(), Optional.empty()), others),
                lastKeyed);
    }

    /** The use of a former secret is recorded. */
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

    /** Higher than any before, even when a rotation was undone. */
    private int next() {
        return Math.addExact(newest(), 1);
    }

    private int newest() {
        return former.stream().mapToInt(FormerSecret::generation).reduce(generation, Math::max);
    }
}
