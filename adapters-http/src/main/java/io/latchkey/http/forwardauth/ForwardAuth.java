package io.latchkey.http.forwardauth;

import io.latchkey.application.FatalErrors;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Token;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.Credential;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.Paths;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a reverse proxy that asks whether a request may pass: yes, with the identity of the token; no; or
 * unavailable.
 *
 * <p>Proxies do not handle other statuses; nginx turns them into a 500. So anything wrong with the request is a 401
 * with always the same bytes, and anything wrong with the server is a 503. A live token of another kind or name than
 * the proxy requires gets the same 401: a 403 would reveal to the finder of a token that it is live. A live token that
 * lacks a permission gets a 403, so that its owner learns what is missing; {@code serve --verify-insufficient 401} keeps
 * that quiet, too.
 *
 * <p>This code runs on the event loop for every request to every protected service, so it must not block and should
 * allocate little.
 */
@Singleton
final class ForwardAuth {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardAuth.class);

    private final TokenAuthority authority;
    private final CredentialHeader verifyHeader;
    private final TrustedProxies proxies;
    private final VerdictResponses responses;

    ForwardAuth(
            TokenAuthority authority,
            CredentialHeader verifyHeader,
            TrustedProxies proxies,
            VerdictResponses responses) {
        this.authority = authority;
        this.verifyHeader = verifyHeader;
        this.proxies = proxies;
        this.responses = responses;
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
                case Caller.Authenticated authenticated ->
                    judged(authenticated.token(), required.of(request.uri()), request, peer);
                case Caller.Rejected rejected ->
                    rejected == Caller.Rejected.UNAVAILABLE
                            ? responses.unavailable()
                            : refused(rejected.name().toLowerCase(Locale.ROOT), request, peer);
            };
        } catch (RuntimeException | Error e) {
            LOG.error("cannot verify a token", e);
            FatalErrors.check(e);
            return responses.unavailable();
        }
    }

    private Caller caller(HttpRequest request, SocketAddress peer) {
        if (request.decoderResult().isFailure()) {
            return Caller.Rejected.MALFORMED;
        }
        HttpHeaders headers = request.headers();
        Credential credential = verifyHeader.credential(headers);
        InetAddress from = proxies.address(peer, headers::getAll);
        return Paths.isVerifyRequest(request.uri())
                ? Caller.of(credential, authority, from, () -> ForwardedRoute.of(headers))
                : Caller.of(credential, authority, from);
    }

    private FullHttpResponse judged(
            Token token, TokenRequirement requirement, HttpRequest request, SocketAddress peer) {
        if (!requirement.isMetBy(token)) {
            return refused("requirement", request, peer);
        }
        PermissionRequirement permissions = requirement.permissions();
        return switch (permissions.access(request.headers())) {
            case UNKNOWN -> refused("method", request, peer);
            case READ -> judged(token, requirement, permissions.read(), request, peer);
            case WRITE -> judged(token, requirement, permissions.write(), request, peer);
        };
    }

    private FullHttpResponse judged(
            Token token,
            TokenRequirement requirement,
            PermissionRequirement.Asked asked,
            HttpRequest request,
            SocketAddress peer) {
        if (asked.isMetBy(token.rights())) {
            return responses.accepted(token, requirement.success());
        }
        log("permission", request, peer);
        return responses.insufficient(asked);
    }

    private FullHttpResponse refused(String reason, HttpRequest request, SocketAddress peer) {
        log(reason, request, peer);
        return responses.refused();
    }

    private void log(String reason, HttpRequest request, SocketAddress peer) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("credential", reason)
                    .addKeyValue("client", proxies.client(peer, request.headers()::getAll))
                    .log("refused");
        }
    }
}
