package io.latchkey.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The secrets of one token, by their digests: the one it has and those it had.
 *
 * @param generation which of the token's secrets it has, counted from 1
 * @param former the last {@value #REMEMBERED} that were replaced, the newest first
 * @param lastKeyed the last rotation that came with a key
 */
public record Secrets(
        TokenDigest digest, int generation, List<FormerSecret> former, Optional<KeyedRotation> lastKeyed) {
    /** How many are remembered, so that the use of one can be told from a wrong guess. */
    public static final int REMEMBERED = 10;

    public Secrets {
        former = List.copyOf(former);
    }

    /**
     * A rotation that may be asked for again by mistake.
     *
     * @param key the {@link RotationKey#sha256} of the key
     */
    public record KeyedRotation(String key, Instant at) {}

    static Secrets first(TokenDigest digest) {
        return new Secrets(digest, 1, List.of(), Optional.empty());
    }

    /** Refuses secrets that cannot have followed each other. */
    void checkHistory() {
        int later = generation;
        for (FormerSecret one : former) {
            if (one.generation() >= later || one.generation() < 1) {
                throw new TokenFailure.Invalid(
                        "former_secrets", "former secrets are of generations before, newest first");
            }
            later = one.generation();
        }
        if (later < 1 || former.size() > REMEMBERED || digests().distinct().count() <= former.size()) {
            throw new TokenFailure.Invalid(
                    "former_secrets", "a token has had up to " + REMEMBERED + " other secrets, each of them once");
        }
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
    Secrets replacedBy(TokenDigest fresh, Optional<Instant> until, Optional<KeyedRotation> keyed) {
        return new Secrets(
                fresh,
                next(),
                remembered(new FormerSecret(generation, digest, until, Optional.empty()), former),
                keyed.or(() -> lastKeyed));
    }

    /** None that was replaced is accepted after the end of the token. */
    Secrets endingWith(Expiry expiry) {
        return withFormer(one -> one.endingWith(expiry));
    }

    /** The secret before dies. */
    Secrets finished() {
        return withFormer(FormerSecret::ended);
    }

    /** The secret before is the secret again, and the one after it dies. */
    Secrets undone(FormerSecret predecessor) {
        List<FormerSecret> others =
                former.stream().filter(one -> !one.equals(predecessor)).toList();
        return new Secrets(
                predecessor.digest(),
                predecessor.generation(),
                remembered(new FormerSecret(generation, digest, Optional.empty(), Optional.empty()), others),
                lastKeyed);
    }

    /** The use of a former secret is recorded. */
    Secrets alarmed(FormerSecret used, Instant now) {
        return withFormer(one -> one.equals(used) ? one.alarmedAt(now) : one);
    }

    private Secrets withFormer(UnaryOperator<FormerSecret> change) {
        return new Secrets(digest, generation, former.stream().map(change).toList(), lastKeyed);
    }

    private static List<FormerSecret> remembered(FormerSecret newest, List<FormerSecret> older) {
        return Stream.concat(Stream.of(newest), older.stream().map(FormerSecret::ended))
                .limit(REMEMBERED)
                .toList();
    }

    /** Higher than any before, even when a rotation was undone. */
    private int next() {
        return Math.addExact(former.stream().mapToInt(FormerSecret::generation).reduce(generation, Math::max), 1);
    }
}
