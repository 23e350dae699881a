package io.latchkey.http.console;

import io.latchkey.application.RandomCode;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Codes that sign in once instead of a secret, in memory, by their digests. */
final class SignInLinks {
    /** How long a code is valid. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Maximum number of unused codes; a new one replaces the oldest. */
    static final int MOST = 1000;

    private final SecureRandom random;
    private final LongSupplier ticker;
    /** The oldest first. */
    private final Map<TokenDigest, Link> unused = new LinkedHashMap<>();

    SignInLinks(SecureRandom random) {
        this(random, System::nanoTime);
    }

    /** @param ticker monotonic time in nanoseconds */
    SignInLinks(SecureRandom random, LongSupplier ticker) {
        this.random = random;
        this.ticker = ticker;
    }

    /**
     * What a code stands for.
     *
     * @param version of the token; another one makes the code invalid
     * @param made monotonic, in nanoseconds
     */
    record Link(Actor.Holder holder, TokenVersion version, long made) {
        /** Whether nobody changed the token since. */
        boolean isOf(Token token) {
            return token.version().equals(version);
        }
    }

    /** A new code for the holder of a token in a version. */
    String issue(Actor.Holder holder, TokenVersion version) {
        String code = RandomCode.next(random);
        long now = ticker.getAsLong();
        synchronized (unused) {
            unused.values().removeIf(link -> isOver(link, now));
            if (unused.size() == MOST) {
                unused.remove(unused.keySet().iterator().next());
            }
            unused.put(key(code), new Link(holder, version, now));
        }
        return code;
    }

    /** What a code stands for; it can still be used. */
    Optional<Link> look(String code) {
        synchronized (unused) {
            return valid(unused.get(key(code)));
        }
    }

    /** What a code stands for; it cannot be used again. */
    Optional<Link> take(String code) {
        synchronized (unused) {
            return valid(unused.remove(key(code)));
        }
    }

    private Optional<Link> valid(@Nullable Link found) {
        return Optional.ofNullable(found).filter(link -> !isOver(link, ticker.getAsLong()));
    }

    private static boolean isOver(Link link, long now) {
        return now - link.made() >= LIFETIME.toNanos();
    }

    private static TokenDigest key(String code) {
        return TokenSecret.presented(code).digest();
    }
}
