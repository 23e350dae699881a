package io.latchkey.http.api;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.http.security.Credential;
import io.latchkey.http.security.RequestedWait;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * Revokes a leaked token for anybody who has it. The secret is the only credential, and the response is always the
 * same, so that it reveals nothing about a token.
 */
@Controller(Paths.BURN)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class LeakReportController {
    private final TokenAuthority authority;

    LeakReportController(TokenAuthority authority) {
        this.authority = authority;
    }

    @Post
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> burn(HttpRequest<?> request) {
        // Unknown and revoked secrets do not reach the database, whose write lock anybody could otherwise keep busy.
        if (Credential.parse(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
                        instanceof Credential.Presented(var secret)
                && !authority.check(secret).isFinal()) {
            RequestedWait.applySilently(authority.actingAs(new Actor.LeakReporter()), request)
                    .tokens()
                    .burn(secret);
        }
        return HttpResponse.noContent();
    }
}
