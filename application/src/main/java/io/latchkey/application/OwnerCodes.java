package io.latchkey.application;

import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Random codes by which somebody proves to a running server that he owns its store: he leaves the digest of one where only
 * owners can write, and presents the code. At most one is left at a time, and it is taken at most once.
 */
public interface OwnerCodes {
    /** How long a code is valid. */
    Duration LIFETIME = Duration.ofSeconds(60);

    /**
     * Leaves a code for the server, in place of an earlier one.
     *
     * @throws AuthorityUnavailable if this user does not own the store, or cannot write there
     */
    void leave(OwnerCode code);

    /**
     * What was left, which stays there. Empty if nothing was left, or if it is not certain that an owner of the store left it.
     *
     * @throws AuthorityUnavailable if it cannot be read
     */
    Optional<OwnerCode> look();

    /**
     * Removes what was left, so that it is returned once, even to servers that ask at the same time. Empty if nothing was
     * left, or if it is not certain that an owner of the store left it.
     *
     * @throws AuthorityUnavailable if it cannot be removed
     */
    Optional<OwnerCode> remove();

    /** Makes a code and leaves it for the server; returns the code. */
    default String issue(SecureRandom random, Instant now, Optional<LocalUser> user) {
        String code = RandomCode.next(random);
        leave(new OwnerCode(OwnerCode.digest(code), now.plus(LIFETIME), user));
        return code;
    }

    /**
     * Who left a code; empty if it was not left or is no longer valid. A wrong code leaves one that is valid where it is, so
     * that strangers cannot keep the owner out; its random bits need no such protection.
     */
    default Optional<Actor.FileOwner> take(String code, Instant now) {
        if (look().filter(left -> left.isValid(now) && !left.isOf(code)).isPresent()) {
            return Optional.empty();
        }
        return remove().filter(left -> left.isOf(code) && left.isValid(now))
                .map(left -> new Actor.FileOwner(left.user()));
    }
}
