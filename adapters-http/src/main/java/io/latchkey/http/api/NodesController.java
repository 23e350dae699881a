package io.latchkey.http.api;

import io.latchkey.application.LedgerReader;
import io.latchkey.http.wire.NodesJson;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The nodes, for clients that may read the whole ledger. */
@Controller(Paths.NODES)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class NodesController {
    @Get
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> nodes(LedgerReader ledger) {
        return HttpResponse.ok(NodesJson.write(ledger.nodes())).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
