package io.latchkey.http;

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

    AdministrationBinder(TokenAuthority authority) {
        this.authority = authority;
    }

    @Override
    public BindingResult<TokenAdministration> bind(
            ArgumentConversionContext<TokenAdministration> context, HttpRequest<?> request) {
        if (Caller.noted(request) instanceof Caller.Known(var token)) {
            TokenAdministration administration = authority.actingAs(Actor.Holder.of(token));
            return () -> Optional.of(administration);
        }
        throw new TokenFailure.Unauthenticated();
    }

    @Override
    public Argument<TokenAdministration> argumentType() {
        return TYPE;
    }
}
