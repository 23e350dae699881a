package io.latchkey.http.security;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sender of a request, as authenticated by its headers. */
public sealed interface Caller {
    /** The name of the attribute of requests of the owner of the store. */
    String OWNER = "latchkey.owner";

    /**
     * The holder of a live token.
     *
     * @param generation number of the secret that was presented
     */
    record Authenticated(Token token, int generation) implements Caller {
        /** The caller as an actor of the administration. */
        public Actor.Holder holder() {
            return Actor.Holder.of(token, generation);
        }
    }

    /** Not the holder of a live token; the reason is only for the log. */
    enum Rejected implements Caller {
        MISSING,
        MALFORMED,
        UNKNOWN,
        EXPIRED,
        DISABLED,
        RETIRED,
        NOT_YET,
        ORIGIN,
        ROUTE,
        /** The authority cannot decide at the moment. */
        UNAVAILABLE
    }

    /**
     * Authenticates a credential, which counts as a use of it: one hash and one look-up in memory.
     *
     * <p>On this hot path, switches over sealed types have no enum constants as cases, because javac compiles those to
     * a look-up at run time, which was visible in a profile.
     *
     * @param from the client address
     */
    static Caller of(Credential credential, TokenAuthority authority, InetAddress from) {
        return switch (credential) {
            case Credential.None() -> Rejected.MISSING;
            case Credential.Malformed() -> Rejected.MALFORMED;
            case Credential.Presented(var secret) -> of(authority.authenticate(secret, from));
        };
    }

    /** The same for a credential that came with a request to a guarded service, which is asked for only if it matters. */
    static Caller of(
            Credential credential,
            TokenAuthority authority,
            InetAddress from,
            Supplier<Optional<RequestRoute>> request) {
        return switch (credential) {
            case Credential.None() -> Rejected.MISSING;
            case Credential.Malformed() -> Rejected.MALFORMED;
            case Credential.Presented(var secret) -> of(authority.authenticate(secret, from, request));
        };
    }

    /** Checks a credential without counting a use of it. */
    static Caller check(Credential credential, TokenAuthority authority, InetAddress from) {
        return switch (credential) {
            case Credential.None() -> Rejected.MISSING;
            case Credential.Malformed() -> Rejected.MALFORMED;
            case Credential.Presented(var secret) -> of(authority.check(secret, from));
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
                    case NOT_YET -> Rejected.NOT_YET;
                    case ORIGIN -> Rejected.ORIGIN;
                    case ROUTE -> Rejected.ROUTE;
                };
            case Verdict.Unavailable _ -> Rejected.UNAVAILABLE;
        };
    }

    /** Stores in a request whose session it belongs to, for the log. */
    static void signedIn(HttpRequest<?> request, Token token, int generation) {
        attachTo(request, new Authenticated(token, generation));
    }

    /** Stores in a request that it belongs to a session of the owner of the store, for the limits of its body and the log. */
    static void ownerSignedIn(HttpRequest<?> request) {
        request.setAttribute(OWNER, true);
    }

    /** Whether a request belongs to a session of the owner of the store. */
    static boolean isOwner(HttpRequest<?> request) {
        return request.getAttribute(OWNER).isPresent();
    }

    /** Whether the sender of a request is known: a token or the owner of the store. */
    static boolean isKnown(HttpRequest<?> request) {
        return of(request) instanceof Authenticated || isOwner(request);
    }

    /** Stores the caller in a request, for the limits of its body and the log. */
    static void attachTo(HttpRequest<?> request, Caller caller) {
        request.setAttribute(Caller.class.getName(), caller);
    }

    /** The caller of a request; null before the {@link AuthenticationFilter}. */
    static @Nullable Caller of(HttpRequest<?> request) {
        return request.getAttribute(Caller.class.getName(), Caller.class).orElse(null);
    }
}
