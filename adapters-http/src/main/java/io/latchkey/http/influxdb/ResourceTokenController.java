package io.latchkey.http.influxdb;

import io.latchkey.application.TokenAdministration;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.wire.CreateResourceToken;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.TokenJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint of InfluxDB 3 Enterprise for resource tokens; they are listed and deleted as all tokens. */
@Controller(Paths.ENTERPRISE_TOKEN)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class ResourceTokenController {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceTokenController.class);

    private final RequestBody body;
    private final ExecutorService blocking;

    ResourceTokenController(RequestBody body, @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.body = body;
        this.blocking = blocking;
    }

    @Post
    CompletionStage<HttpResponse<?>> create(HttpRequest<?> request, TokenAdministration administration) {
        return body.json(request)
                .thenApplyAsync(sent -> create(administration, CreateResourceToken.read(sent)), blocking);
    }

    private static HttpResponse<?> create(TokenAdministration administration, CreateResourceToken asked) {
        HttpResponse<?> answer = HttpResponse.created(TokenJson.issued(administration.create(asked.token())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
        if (!asked.databases().isEmpty()) {
            LOG.info("create_databases is ignored: Latchkey keeps no databases, and tokens may name any");
        }
        return answer;
    }
}
