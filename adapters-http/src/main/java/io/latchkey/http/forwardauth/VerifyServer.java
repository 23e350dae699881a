package io.latchkey.http.forwardauth;

import static java.util.Objects.requireNonNull;

import io.latchkey.http.server.HttpListener;
import io.latchkey.http.server.HttpListeners;
import io.latchkey.http.server.ListenPoint;
import io.latchkey.http.server.OpenConnections;
import io.latchkey.http.tls.ReloadingCertificate;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener for forward-auth and nothing else, if configured, opened before the main one. Its requests meet nothing but the
 * codec, the protection of every connection, and {@link ForwardAuthHandler}: what they cost does not depend on the rest of
 * the server. On a port, it has the TLS of the main listener; a Unix-domain socket stays within the machine and has none.
 */
@Singleton
@Requires(property = VerifyServer.AT)
final class VerifyServer implements BeanCreatedEventListener<EmbeddedServer>, GracefulShutdownCapable {
    static final String AT = "latchkey.verify.at";

    private static final Logger LOG = LoggerFactory.getLogger(VerifyServer.class);

    private final BeanProvider<HttpListeners> listeners;
    private final BeanProvider<ForwardAuth> forwardAuth;
    private final BeanProvider<NotFoundResponses> responses;
    private final OpenConnections connections;
    private final ListenPoint at;
    private final Optional<Supplier<SSLEngine>> tls;
    private @Nullable HttpListener listener;

    VerifyServer(
            BeanProvider<HttpListeners> listeners,
            BeanProvider<ForwardAuth> forwardAuth,
            BeanProvider<NotFoundResponses> responses,
            OpenConnections connections,
            @Value("${" + AT + "}") String place,
            @Value("${latchkey.verify.port:0}") int port,
            @Value("${latchkey.verify.group:}") String group,
            Optional<ReloadingCertificate> certificate,
            @Value("${micronaut.server.ssl.protocols:}") List<String> protocols) {
        this.listeners = listeners;
        this.forwardAuth = forwardAuth;
        this.responses = responses;
        this.connections = connections;
        this.at = place.startsWith("/")
                ? new ListenPoint.Unix(Path.of(place), Optional.of(group).filter(name -> !name.isEmpty()))
                : new ListenPoint.Tcp(new InetSocketAddress(place, port));
        this.tls = switch (at) {
            case ListenPoint.Tcp _ -> certificate.map(current -> () -> current.engine(protocols));
            case ListenPoint.Unix _ -> Optional.empty();
        };
    }

    @Override
    public EmbeddedServer onCreated(BeanCreatedEvent<EmbeddedServer> event) {
        ForwardAuth verdicts = forwardAuth.get();
        NotFoundResponses others = responses.get();
        listener = listeners
                .get()
                .open(
                        at,
                        () -> List.of(new ForwardAuthHandler(verdicts, connections), new NotFoundHandler(others)),
                        tls);
        LOG.atInfo()
                .addKeyValue("address", at)
                .log("verdicts and nothing else are answered" + (tls.isPresent() ? " with TLS on" : " on"));
        return event.getBean();
    }

    /** The port; only after the server was created. */
    int port() {
        return requireNonNull(listener).port();
    }

    @Override
    public CompletionStage<?> shutdownGracefully() {
        return listener == null ? CompletableFuture.completedStage(null) : listener.stop();
    }

    @PreDestroy
    void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
