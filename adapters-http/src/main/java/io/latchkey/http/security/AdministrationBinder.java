package io.latchkey.http.security;

import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenFailure;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The administration on behalf of whoever sent a request, so that no endpoint can administer for nobody. */
@Singleton
final class AdministrationBinder implements TypedRequestArgumentBinder<TokenAdministration> {
    private static final Argument<TokenAdministration> TYPE = Argument.of(TokenAdministration.class);

    private final TokenAuthority authority;
    private final PublicPaths exemptions;

    AdministrationBinder(TokenAuthority authority, PublicPaths exemptions) {
        this.authority = authority;
        this.exemptions = exemptions;
    }

    @Override
    public BindingResult<TokenAdministration> bind(
            ArgumentConversionContext<TokenAdministration> context, HttpRequest<?> request) {
        TokenAdministration administration = authority.actingAs(actor(request));
        return () -> Optional.of(administration);
    }

    private Actor actor(HttpRequest<?> request) {
        if (exemptions.isAuthenticationOff()) {
            return new Actor.Anonymous(); // with a token too: contract 1.10.3 has nine columns then, whoever asks
        }
        if (Caller.of(request) instanceof Caller.Authenticated caller) {
            return caller.holder();
        }
        throw new TokenFailure.Unauthenticated();
    }

    @Override
    public Argument<TokenAdministration> argumentType() {
        return TYPE;
    }
}
