package io.latchkey.http.server;

import io.micronaut.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of a request that is on its way; its memory is given back once the request is answered, or cannot be.
 *
 * @param share of the memory for bodies
 * @param content what was sent
 * @param prepared makes of it what was meant, and may take some time
 */
public record ReceivedBody(BodyBudget.Share share, CompletionStage<byte[]> content, UnaryOperator<byte[]> prepared) {
    /** The answer to it, given where it may take some time. */
    public CompletionStage<HttpResponse<?>> thenApplyAsync(Function<byte[], HttpResponse<?>> answer, Executor where) {
        return content.<HttpResponse<?>>thenApplyAsync(sent -> answer.apply(prepared.apply(sent)), where)
                .whenComplete((_, _) -> share.close());
    }

    /** The answer to it, begun by somebody who knows where: what was meant is made where it is asked for. */
    public CompletionStage<HttpResponse<?>> thenCompose(
            Function<Supplier<byte[]>, CompletionStage<HttpResponse<?>>> answer) {
        return content.thenCompose(sent -> answer.apply(() -> prepared.apply(sent)))
                .whenComplete((_, _) -> share.close());
    }
}
