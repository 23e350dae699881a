package io.latchkey.persistence.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A token of the model. Names, ids and digests are small numbers; the name 0 is the operator's.
 *
 * @param former the former secrets, the newest first
 */
record ModelToken(
        int id, int version, int name, int digest, int generation, List<FormerDigest> former, boolean disabled) {
    static final int OPERATOR = 0;

    /** @param until the time from which it is refused; 0 if it is refused always */
    record FormerDigest(int generation, int digest, int until) {
        boolean isInGraceAt(int now) {
            return now < until;
        }

        FormerDigest ended() {
            return new FormerDigest(generation, digest, 0);
        }
    }

    static ModelToken first(int id, int name, int digest) {
        return new ModelToken(id, 1, name, digest, 1, List.of(), false);
    }

    boolean isOperator() {
        return name == OPERATOR;
    }

    Stream<Integer> digests() {
        return Stream.concat(Stream.of(digest), former.stream().map(FormerDigest::digest));
    }

    boolean has(int wanted) {
        return digest == wanted || former.stream().anyMatch(one -> one.digest == wanted);
    }

    Optional<FormerDigest> predecessor(int now) {
        return former.stream().filter(one -> one.isInGraceAt(now)).findFirst();
    }

    /** Whether a secret is one of those that are accepted while the token is enabled. */
    boolean acceptsWhenEnabled(int presented, int now) {
        return digest == presented || former.stream().anyMatch(one -> one.digest == presented && one.isInGraceAt(now));
    }

    ModelVerdict verdict(int presented, int now) {
        if (!acceptsWhenEnabled(presented, now)) {
            return ModelVerdict.RETIRED;
        }
        return disabled ? ModelVerdict.DISABLED : ModelVerdict.ACCEPTED;
    }

    ModelToken called(int newName) {
        return new ModelToken(id, version + 1, newName, digest, generation, former, disabled);
    }

    ModelToken resting(boolean rest) {
        return new ModelToken(id, version + 1, name, digest, generation, former, rest);
    }

    /** @param until the end of the old secret's grace period; 0 for none */
    ModelToken rotated(int fresh, int until) {
        int next = Math.max(
                        generation,
                        former.stream().mapToInt(FormerDigest::generation).max().orElse(0))
                + 1;
        return new ModelToken(
                id,
                version + 1,
                name,
                fresh,
                next,
                Stream.concat(
                                Stream.of(new FormerDigest(generation, digest, until)),
                                former.stream().map(FormerDigest::ended))
                        .toList(),
                disabled);
    }

    ModelToken finished() {
        return new ModelToken(
                id,
                version + 1,
                name,
                digest,
                generation,
                former.stream().map(FormerDigest::ended).toList(),
                disabled);
    }

    ModelToken undone(FormerDigest predecessor) {
        return new ModelToken(
                id,
                version + 1,
                name,
                predecessor.digest,
                predecessor.generation,
                Stream.concat(
                                Stream.of(new FormerDigest(generation, digest, 0)),
                                former.stream()
                                        .filter(one -> !one.equals(predecessor))
                                        .map(FormerDigest::ended))
                        .toList(),
                disabled);
    }
}
