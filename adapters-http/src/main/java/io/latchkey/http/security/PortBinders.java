package io.latchkey.http.security;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.LedgerReader;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenQueries;
import io.latchkey.application.TokenTransfer;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenFailure;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives an endpoint the port that its parameter names, on behalf of the client that sent the request, so that no endpoint
 * can administer tokens for an unknown client.
 */
@Factory
final class PortBinders {
    private final TokenAuthority authority;
    private final PublicPaths publicPaths;

    PortBinders(TokenAuthority authority, PublicPaths publicPaths) {
        this.authority = authority;
        this.publicPaths = publicPaths;
    }

    @Singleton
    TypedRequestArgumentBinder<TokenAdministration> tokens() {
        return new Binder<>(TokenAdministration.class, ActorAccess::tokens);
    }

    @Singleton
    TypedRequestArgumentBinder<TokenQueries> queries() {
        return new Binder<>(TokenQueries.class, ActorAccess::queries);
    }

    @Singleton
    TypedRequestArgumentBinder<LedgerReader> ledger() {
        return new Binder<>(LedgerReader.class, ActorAccess::ledger);
    }

    @Singleton
    TypedRequestArgumentBinder<TokenTransfer> transfer() {
        return new Binder<>(TokenTransfer.class, ActorAccess::transfer);
    }

    private Actor actor(HttpRequest<?> request) {
        if (publicPaths.isAuthenticationOff()) {
            return new Actor
                    .Anonymous(); // with a token, too: there are nine columns for every client (contract 1.10.3)
        }
        if (Caller.of(request) instanceof Caller.Authenticated caller) {
            return caller.holder();
        }
        throw new TokenFailure.Unauthenticated();
    }

    private final class Binder<T> implements TypedRequestArgumentBinder<T> {
        private final Argument<T> type;
        private final Function<ActorAccess, T> port;

        Binder(Class<T> type, Function<ActorAccess, T> port) {
            this.type = Argument.of(type);
            this.port = port;
        }

        @Override
        public BindingResult<T> bind(ArgumentConversionContext<T> context, HttpRequest<?> request) {
            T bound = port.apply(RequestedWait.apply(authority.actingAs(actor(request)), request));
            return () -> Optional.of(bound);
        }

        @Override
        public Argument<T> argumentType() {
            return type;
        }
    }
}
