package io.latchkey.http.api;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.http.security.Credential;
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
 * The end of a leaked token, at the hands of whoever found it: its secret is the only credential, and the answer is
 * always the same, so that nothing can be learned here.
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
        // What no token has, or has no more, is not worth the database's write lock, which anybody could otherwise keep
        // busy.
        if (Credential.parse(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
                        instanceof Credential.Presented(var secret)
                && !authority.check(secret).isFinal()) {
            authority.actingAs(new Actor.LeakReporter()).tokens().burn(secret);
        }
        return HttpResponse.noContent();
    }
}
