package io.latchkey.http.forwardauth;

import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.RequestCounts;
import io.latchkey.http.wire.Problem;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;

/** The answers of a listener for verdicts to everything else: 404, or 400 to what is not valid HTTP. */
@Singleton
final class NotFoundResponses {
    private final CommonHeaders common;
    private final RequestCounts counts;

    NotFoundResponses(CommonHeaders common, RequestCounts counts) {
        this.common = common;
        this.counts = counts;
    }

    FullHttpResponse answer(HttpRequest request) {
        Problem problem = request.decoderResult().isFailure()
                ? Problem.badRequest("the request is not valid HTTP")
                : Problem.NOT_FOUND;
        int status = problem.status().code();
        byte[] body = problem.problem();
        counts.count(status);
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.DATE, common.date())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return answer;
    }
}
