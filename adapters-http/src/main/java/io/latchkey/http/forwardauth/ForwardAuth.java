package io.latchkey.http.forwardauth;

import io.latchkey.application.FatalErrors;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Token;
import io.latchkey.http.security.Caller;
import io.latchkey.http.server.CommonHeaders;
import io.latchkey.http.server.RequestCounts;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.TokenJson;
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
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import jakarta.inject.Singleton;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a reverse proxy that asks whether a request may pass: yes, with the identity of the token; no; or
 * unavailable.
 *
 * <p>Proxies do not handle other statuses; nginx turns them into a 500. So anything wrong with the request is a 401
 * with always the same bytes, and anything wrong with the server is a 503. A live token that does not meet the
 * requirement of the proxy gets the same 401: a 403 would reveal to the finder of a token that it is live.
 *
 * <p>This code runs on the event loop for every request to every protected service, so it must not block and should
 * allocate little.
 */
@Singleton
final class ForwardAuth {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardAuth.class);

    // No validation: all added values are ASCII without line breaks.
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final AsciiString TOKEN_ID = AsciiString.cached("X-Token-Id");
    private static final AsciiString TOKEN_NAME = AsciiString.cached("X-Token-Name");
    private static final AsciiString TOKEN_KIND = AsciiString.cached("X-Token-Kind");
    private static final AsciiString TOKEN_EXPIRES = AsciiString.cached("X-Token-Expires");
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final AsciiString CHALLENGE = AsciiString.cached("Bearer realm=\"latchkey\"");
    private static final AsciiString SOON = AsciiString.cached("1");
    private static final byte[] REFUSED = Problem.UNAUTHENTICATED.problem();
    private static final byte[] UNAVAILABLE = Problem.UNAVAILABLE.problem();

    private final TokenAuthority authority;
    private final CredentialHeader verifyHeader;
    private final CommonHeaders common;
    private final TrustedProxies proxies;
    private final RequestCounts counts;

    ForwardAuth(
            TokenAuthority authority,
            CredentialHeader verifyHeader,
            CommonHeaders common,
            TrustedProxies proxies,
            RequestCounts counts) {
        this.authority = authority;
        this.verifyHeader = verifyHeader;
        this.common = common;
        this.proxies = proxies;
        this.counts = counts;
    }

    /**
     * The response to a request. Its requirement is parsed only if the credential is accepted, so that a request
     * without a live token costs one look-up, however long its query is.
     *
     * @param required the cache of the connection
     */
    FullHttpResponse answer(HttpRequest request, RequirementCache required, SocketAddress peer) {
        try {
            return switch (caller(request, peer)) {
                case Caller.Authenticated authenticated -> {
                    TokenRequirement requirement = required.of(request.uri());
                    yield requirement.isMetBy(authenticated.token())
                            ? accepted(authenticated.token(), requirement)
                            : refused("requirement", request, peer);
                }
                case Caller.Rejected rejected ->
                    rejected == Caller.Rejected.UNAVAILABLE
                            ? unavailable()
                            : refused(rejected.name().toLowerCase(Locale.ROOT), request, peer);
            };
        } catch (RuntimeException | Error e) {
            LOG.error("cannot verify a token", e);
            FatalErrors.check(e);
            return unavailable();
        }
    }

    private Caller caller(HttpRequest request, SocketAddress peer) {
        return request.decoderResult().isFailure()
                ? Caller.Rejected.MALFORMED
                : Caller.of(
                        verifyHeader.credential(request.headers()),
                        authority,
                        proxies.address(peer, request.headers()::getAll));
    }

    private FullHttpResponse accepted(Token token, TokenRequirement requirement) {
        HttpHeaders headers = HEADERS.newHeaders()
                .add(TOKEN_ID, Long.toString(token.id().value()))
                .add(TOKEN_NAME, PercentEncoding.encode(token.name().value()))
                .add(TOKEN_KIND, TokenJson.kind(token))
                .add(TOKEN_EXPIRES, token.expiry().end().map(Instant::toString).orElse(""));
        if (requirement.success().code() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.add(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        }
        return answer(requirement.success(), headers, Unpooled.EMPTY_BUFFER);
    }

    private FullHttpResponse refused(String reason, HttpRequest request, SocketAddress peer) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("credential", reason)
                    .addKeyValue("client", proxies.client(peer, request.headers()::getAll))
                    .log("refused");
        }
        HttpHeaders headers = HEADERS.newHeaders().add(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        return problem(HttpResponseStatus.UNAUTHORIZED, headers, REFUSED);
    }

    private FullHttpResponse unavailable() {
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
