package io.latchkey.http;

import io.latchkey.application.TokenAdministration;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Who did what, for every administrator to read. */
@Controller(Paths.LEDGER)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class LedgerController {
    @Get
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> read(HttpRequest<?> request, TokenAdministration administration) {
        return HttpResponse.ok(
                        LedgerJson.page(administration.ledger(LedgerParameters.read(RequestPath.queryOf(request)))))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
