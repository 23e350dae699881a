package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Who sent a request, as far as its headers tell. */
public sealed interface Caller {
    /**
     * The holder of a live token.
     *
     * @param generation which of the token's secrets it presented
     */
    record Authenticated(Token token, int generation) implements Caller {
        /** Who it is to whoever administers. */
        public Actor.Holder holder() {
            return Actor.Holder.of(token, generation);
        }
    }

    /** Somebody else; the reason is for the log. */
    enum Rejected implements Caller {
        MISSING,
        MALFORMED,
        UNKNOWN,
        EXPIRED,
        DISABLED,
        RETIRED,
        /** Perhaps the holder of a live token: the authority cannot say. */
        UNDECIDED
    }

    /**
     * Who presents a credential, which is a use of it: one hash and one look-up in memory.
     *
     * <p>Here and wherever a verdict passes, a switch over sealed types has no constants of enums among its cases: javac
     * makes a look-up of those at run time, which a profile showed beside the hash.
     *
     * @param from whence
     */
    static Caller of(Credential credential, TokenAuthority authority, InetAddress from) {
        return switch (credential) {
            case Credential.None() -> Rejected.MISSING;
            case Credential.Malformed() -> Rejected.MALFORMED;
            case Credential.Presented(var secret) -> of(authority.authenticate(secret, from));
        };
    }

    /** Who may be the holder of a credential that is not used for anything. */
    static Caller assessed(Credential credential, TokenAuthority authority) {
        return switch (credential) {
            case Credential.None() -> Rejected.MISSING;
            case Credential.Malformed() -> Rejected.MALFORMED;
            case Credential.Presented(var secret) -> of(authority.check(secret));
        };
    }

    private static Caller of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted(var token, var generation) -> new Authenticated(token, generation);
            case Verdict.Refused refused ->
                switch (refused) {
                    case UNKNOWN -> Rejected.UNKNOWN;
                    case EXPIRED -> Rejected.EXPIRED;
                    case DISABLED -> Rejected.DISABLED;
                    case RETIRED -> Rejected.RETIRED;
                };
            case Verdict.Unavailable _ -> Rejected.UNDECIDED;
        };
    }

    /** Notes on a request who sent it. */
    static void attachTo(HttpRequest<?> request, Caller caller) {
        request.setAttribute(Caller.class.getName(), caller);
    }

    /** Who sent a request that has passed the {@link AuthenticationFilter}; null before. */
    static @Nullable Caller of(HttpRequest<?> request) {
        return request.getAttribute(Caller.class.getName(), Caller.class).orElse(null);
    }
}
