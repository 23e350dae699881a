package io.latchkey.http.server;

import io.micronaut.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The body of a request, which may still be arriving; its memory is released when the response is complete or fails.
 *
 * @param share of the memory for bodies
 * @param content the bytes that were sent
 * @param prepared decodes and checks the bytes; may be slow
 */
public record ReceivedBody(BodyBudget.Share share, CompletionStage<byte[]> content, UnaryOperator<byte[]> prepared) {
    /** Decodes the body and makes the response, both on an executor. */
    public CompletionStage<HttpResponse<?>> thenApplyAsync(Function<byte[], HttpResponse<?>> answer, Executor where) {
        return content.<HttpResponse<?>>thenApplyAsync(sent -> answer.apply(prepared.apply(sent)), where)
                .whenComplete((_, _) -> share.close());
    }

    /** Makes the response on a thread of the caller's choice; the body is decoded when the supplier is called. */
    public CompletionStage<HttpResponse<?>> thenCompose(
            Function<Supplier<byte[]>, CompletionStage<HttpResponse<?>>> answer) {
        return content.thenCompose(sent -> answer.apply(() -> prepared.apply(sent)))
                .whenComplete((_, _) -> share.close());
    }
}
