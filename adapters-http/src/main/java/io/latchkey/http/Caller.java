package io.latchkey.http;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Token;
import io.latchkey.domain.Verdict;
import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Who sent a request, as far as its headers tell. */
sealed interface Caller {
    /** The holder of a live token. */
    record Known(Token token) implements Caller {}

    /** Somebody else; the reason is for the log. */
    enum Unknown implements Caller {
        MISSING,
        MALFORMED,
        UNKNOWN,
        EXPIRED,
        /** Perhaps the holder of a live token: the authority cannot say. */
        UNDECIDED
    }

    /**
     * Who presents a credential: one hash and one look-up in memory.
     *
     * <p>Here and wherever a verdict passes, a switch over sealed types has no constants of enums among its cases: javac
     * makes a look-up of those at run time, which together cost a tenth of a request's processor.
     */
    static Caller of(Credential credential, TokenAuthority authority) {
        return switch (credential) {
            case Credential.None() -> Unknown.MISSING;
            case Credential.Malformed() -> Unknown.MALFORMED;
            case Credential.Presented(var secret) ->
                switch (authority.authenticate(secret)) {
                    case Verdict.Accepted(var token) -> new Known(token);
                    case Verdict.Refused refused ->
                        switch (refused) {
                            case UNKNOWN -> Unknown.UNKNOWN;
                            case EXPIRED -> Unknown.EXPIRED;
                        };
                    case Verdict.Unavailable _ -> Unknown.UNDECIDED;
                };
        };
    }

    /** Notes on a request who sent it. */
    static void note(HttpRequest<?> request, Caller caller) {
        request.setAttribute(Caller.class.getName(), caller);
    }

    /** Who sent a request that has passed the {@link Gate}; null before. */
    static @Nullable Caller noted(HttpRequest<?> request) {
        return request.getAttribute(Caller.class.getName(), Caller.class).orElse(null);
    }
}
