package io.latchkey.http.oauth;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.RequestBody;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.ClientAddress;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Introspection (RFC 7662), revocation (RFC 7009) and server metadata (RFC 8414). */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class OAuthController {
    private final TokenAuthority authority;
    private final TrustedProxies proxies;
    private final RequestBody body;
    private final IntrospectionJson introspection;
    private final Issuer issuer;
    private final ExecutorService blocking;

    OAuthController(
            TokenAuthority authority,
            TrustedProxies proxies,
            RequestBody body,
            IntrospectionJson introspection,
            Issuer issuer,
            @Named(TaskExecutors.IO) ExecutorService blocking) {
        this.authority = authority;
        this.proxies = proxies;
        this.body = body;
        this.introspection = introspection;
        this.issuer = issuer;
        this.blocking = blocking;
    }

    /** Introspects a token, from memory. */
    @Post(Paths.INTROSPECT)
    CompletionStage<HttpResponse<?>> introspect(HttpRequest<?> request) {
        // Parsing a form of usual length takes less time than switching to another thread.
        long length = request.getContentLength();
        Executor where = length >= 0 && length <= RequestBody.ANONYMOUS_LIMIT ? Runnable::run : blocking;
        return body.raw(request)
                .thenApplyAsync(
                        sent -> {
                            Form form = Form.parse(sent);
                            Caller.Authenticated client =
                                    OAuthClient.authenticated(request, form, authority, proxies.address(request));
                            authority.check(client.holder(), RequiredPermission.INTROSPECTION);
                            return switch (authority.authenticateForAnother(
                                    token(form), address(form), proxies.address(request))) {
                                case Verdict.Accepted accepted -> json(introspection.active(accepted.token()));
                                case Verdict.Refused _ -> json(IntrospectionJson.INACTIVE);
                                case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
                            };
                        },
                        where);
    }

    /** Revokes a token; succeeds for unknown tokens, too (RFC 7009, section 2.2). */
    @Post(Paths.REVOKE)
    CompletionStage<HttpResponse<?>> revoke(HttpRequest<?> request) {
        return body.raw(request)
                .thenApplyAsync(
                        sent -> {
                            Form form = Form.parse(sent);
                            Caller.Authenticated client =
                                    OAuthClient.authenticated(request, form, authority, proxies.address(request));
                            TokenSecret secret = token(form);
                            // For a resource token always, so that a refusal does not depend on whether the secret is
                            // live.
                            if (!authority.check(secret).isFinal()
                                    || client.token().kind() == TokenKind.RESOURCE) {
                                authority.actingAs(client.holder()).tokens().burn(secret);
                            }
                            return HttpResponse.ok();
                        },
                        blocking);
    }

    /**
     * The metadata of an issuer with a path, at the path that RFC 8414 (section 3.1) defines: before that of the
     * issuer.
     */
    @Get(Paths.OAUTH_METADATA + "/{+issuer}")
    HttpResponse<?> metadataOfPath(HttpRequest<?> request) {
        if (!RequestPath.of(request).equals(Paths.OAUTH_METADATA + issuer.path())) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return metadata();
    }

    /** The metadata; 404 without a public URL. */
    @Get(Paths.OAUTH_METADATA)
    HttpResponse<?> metadata() {
        if (!issuer.hasUrl()) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return json(JsonWriter.object(json -> json.with("issuer", issuer.name())
                .with("introspection_endpoint", issuer.url(Paths.INTROSPECT))
                .withTexts(
                        "introspection_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post", "Bearer"))
                .with("revocation_endpoint", issuer.url(Paths.REVOKE))
                .withTexts(
                        "revocation_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post"))
                .withTexts("scopes_supported", List.of("admin"))
                // There are no grants. RFC 8414 (section 2) requires the first field; without the second, two grants
                // are
                // implied.
                .withTexts("response_types_supported", List.of())
                .withTexts("grant_types_supported", List.of())));
    }

    @Error
    HttpResponse<?> refused(OAuthFailure failure) {
        return failure.answer();
    }

    /** As RFC 7662 (section 2.3) and RFC 6750 (section 3.1) together require for a token without sufficient privileges. */
    @Error
    HttpResponse<?> insufficient(TokenFailure.PermissionMissing failure) {
        return OAuthFailure.insufficientScope(failure).answer();
    }

    private static TokenSecret token(Form form) {
        return form.value("token")
                .map(TokenSecret::presented)
                .orElseThrow(() -> OAuthFailure.invalidRequest("the form has no parameter `token`"));
    }

    /** The address of the client of the client, which RFC 7662 (section 2.1) lets a server ask for. */
    private static Optional<InetAddress> address(Form form) {
        return form.value("address")
                .map(text -> ClientAddress.parse(text)
                        .orElseThrow(() ->
                                OAuthFailure.invalidRequest("the parameter `address` is not an IPv4 or IPv6 address")));
    }

    private static HttpResponse<?> json(byte[] json) {
        return HttpResponse.ok(json).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
