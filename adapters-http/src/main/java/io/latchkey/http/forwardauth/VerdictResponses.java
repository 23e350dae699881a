package io.latchkey.http.forwardauth;

import io.latchkey.domain.Token;
import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.RequestCounts;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.latchkey.http.wire.TokenJson;
import io.micronaut.context.annotation.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * The answers to a reverse proxy: yes, with the identity of the token; no; no, because a permission is missing; or unavailable.
 */
@Singleton
final class VerdictResponses {
    // No validation: all added values are ASCII without line breaks.
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final AsciiString TOKEN_ID = AsciiString.cached("X-Token-Id");
    private static final AsciiString TOKEN_NAME = AsciiString.cached("X-Token-Name");
    private static final AsciiString TOKEN_KIND = AsciiString.cached("X-Token-Kind");
    private static final AsciiString TOKEN_EXPIRES = AsciiString.cached("X-Token-Expires");
    private static final AsciiString TOKEN_PERMISSIONS = AsciiString.cached("X-Token-Permissions");
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final AsciiString CHALLENGE = AsciiString.cached("Bearer realm=\"latchkey\"");
    private static final AsciiString SOON = AsciiString.cached("1");
    private static final byte[] REFUSED = Problem.UNAUTHENTICATED.problem();
    private static final byte[] INSUFFICIENT = new Problem(
                    ProblemStatus.FORBIDDEN,
                    "insufficient-scope",
                    "the token lacks a permission that the request needs")
            .problem();
    private static final byte[] UNAVAILABLE = Problem.UNAVAILABLE.problem();

    private final CommonHeaders common;
    private final RequestCounts counts;
    private final boolean silent;

    /** @param insufficient the status for a token that lacks a permission: 403, or the 401 of every other refusal */
    VerdictResponses(
            CommonHeaders common,
            RequestCounts counts,
            @Value("${latchkey.server.verify-insufficient:403}") String insufficient) {
        this.common = common;
        this.counts = counts;
        this.silent = insufficient.equals("401");
    }

    FullHttpResponse accepted(Token token, TokenRequirement.Success success) {
        HttpHeaders headers = HEADERS.newHeaders()
                .add(TOKEN_ID, Long.toString(token.id().value()))
                .add(TOKEN_NAME, PercentEncoding.encode(token.name().value()))
                .add(TOKEN_KIND, TokenJson.kind(token))
                .add(TOKEN_EXPIRES, token.expiry().end().map(Instant::toString).orElse(""));
        if (success.shown() == TokenRequirement.Shown.PERMISSIONS) {
            headers.add(TOKEN_PERMISSIONS, PermissionHeader.of(token.rights()));
        }
        if (success.status().code() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.add(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        }
        return answer(success.status(), headers, Unpooled.EMPTY_BUFFER);
    }

    FullHttpResponse refused() {
        HttpHeaders headers = HEADERS.newHeaders().add(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        return problem(HttpResponseStatus.UNAUTHORIZED, headers, REFUSED);
    }

    FullHttpResponse insufficient(PermissionRequirement.Asked asked) {
        if (silent) {
            return refused();
        }
        HttpHeaders headers = HEADERS.newHeaders().add(HttpHeaderNames.WWW_AUTHENTICATE, asked.challenge());
        return problem(HttpResponseStatus.FORBIDDEN, headers, INSUFFICIENT);
    }

    FullHttpResponse unavailable() {
        HttpHeaders headers = HEADERS.newHeaders().add(HttpHeaderNames.RETRY_AFTER, SOON);
        return problem(HttpResponseStatus.SERVICE_UNAVAILABLE, headers, UNAVAILABLE);
    }

    private FullHttpResponse problem(HttpResponseStatus status, HttpHeaders headers, byte[] problem) {
        headers.add(HttpHeaderNames.CONTENT_TYPE, PROBLEM).add(HttpHeaderNames.CONTENT_LENGTH, problem.length);
        return answer(status, headers, Unpooled.wrappedBuffer(problem));
    }

    /** Adds no CORS headers and no {@code cluster-uuid}, because some proxies pass a refusal on to the end user. */
    private FullHttpResponse answer(HttpResponseStatus status, HttpHeaders headers, ByteBuf body) {
        counts.count(status.code());
        headers.add(HttpHeaderNames.DATE, common.date()).add(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE);
    }
}
