package io.latchkey.http.api;

import io.latchkey.application.LedgerReader;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.LedgerParameters;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Pages of the ledger, for any administrator. */
@Controller(Paths.LEDGER)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class LedgerController {
    private final StreamedBodies answers;

    LedgerController(StreamedBodies answers) {
        this.answers = answers;
    }

    @Get
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> read(HttpRequest<?> request, LedgerReader ledger) {
        LedgerQuery asked = LedgerParameters.read(RequestPath.queryOf(request));
        return HttpResponse.ok(answers.body(request, LedgerJson.page(ledger.page(asked))))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
