package io.latchkey.http.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.security.PeerUser;
import io.latchkey.http.security.RequestOrigin;
import io.latchkey.http.server.CurrentDate;
import io.latchkey.http.server.LogRateLimit;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.latchkey.http.wire.TokenJson;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the recovery listener (contract 1.9): one path, and one success, after which no request is
 * answered. Used by one thread at a time.
 */
final class RecoveryEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryEndpoint.class);

    private final TokenAuthority authority;
    private final Origins origins;
    private final PeerUser users;
    private final CurrentDate date;
    private final LogRateLimit logLimit;
    private boolean recovered;

    /** Who may recover: only the server's user and root on this machine, or anybody except web pages. */
    enum Origins {
        LOCAL,
        REMOTE
    }

    RecoveryEndpoint(
            TokenAuthority authority, Origins origins, PeerUser users, InstantSource clock, LogRateLimit logLimit) {
        this.logLimit = logLimit;
        this.authority = authority;
        this.origins = origins;
        this.users = users;
        this.date = new CurrentDate(clock);
    }

    /** The response to a complete request; 201 for the one success, empty after it. */
    Optional<FullHttpResponse> answer(HttpRequest request, Channel channel) {
        if (recovered) {
            return Optional.empty();
        }
        boolean recovers = request.method().equals(HttpMethod.POST) && Paths.REGENERATE_OPERATOR.equals(path(request));
        FullHttpResponse answer;
        if (!recovers) {
            answer = text(ProblemStatus.NOT_FOUND.code(), "not found");
        } else if (isForbidden(RequestOrigin.of(request, channel))) {
            answer = text(
                    ProblemStatus.FORBIDDEN.code(),
                    "the operator token cannot be recovered by a web page or through a proxy: send the request on the"
                            + " server's machine, as the server's user or root");
        } else {
            answer = recover();
        }
        return Optional.of(logged(request, channel, answer));
    }

    /** The response to a request that is invalid or too long. */
    FullHttpResponse refuse(HttpRequest request, Channel channel) {
        return logged(request, channel, text(ProblemStatus.BAD_REQUEST.code(), "Failed to read request body"));
    }

    private boolean isForbidden(RequestOrigin origin) {
        return switch (origins) {
            case LOCAL -> !origin.isOwner(users);
            case REMOTE -> origin.isWebPage();
        };
    }

    private FullHttpResponse recover() {
        LOG.warn("Regenerating admin token without password through token recovery API request");
        IssuedToken operator;
        try {
            operator = authority.actingAs(new Actor.Recovery()).tokens().regenerateOperator();
        } catch (TokenFailure e) {
            Problem refusal = Problem.of(e);
            return text(refusal.status().code(), refusal.sentence());
        } catch (RuntimeException e) {
            LOG.error("the store cannot be used", e);
            return text(Problem.UNAVAILABLE.status().code(), Problem.UNAVAILABLE.sentence());
        }
        // Even if the response does not arrive.
        recovered = true;
        LOG.info("Admin token regenerated successfully, shutting down recovery endpoint");
        return answer(HttpResponseStatus.CREATED.code(), "application/json", TokenJson.issued(operator));
    }

    private FullHttpResponse text(int status, String sentence) {
        return answer(status, "text/plain; charset=utf-8", sentence.getBytes(UTF_8));
    }

    private FullHttpResponse answer(int status, String type, byte[] body) {
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.DATE, date.now())
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpUtil.setContentLength(answer, body.length);
        return answer;
    }

    private FullHttpResponse logged(HttpRequest request, Channel channel, FullHttpResponse answer) {
        if (channel.remoteAddress() instanceof InetSocketAddress peer && !logLimit.take(peer.getAddress())) {
            return answer;
        }
        LOG.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("path", TokenSecret.masked(path(request)))
                .addKeyValue("status", answer.status().code())
                .addKeyValue("peer", peer(channel))
                .log("token recovery server handled request");
        return answer;
    }

    private static String peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : "";
    }

    private static String path(HttpRequest request) {
        try {
            return String.valueOf(URI.create(request.uri()).getRawPath());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
