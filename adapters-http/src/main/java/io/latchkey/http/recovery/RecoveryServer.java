package io.latchkey.http.recovery;

import static java.util.Objects.requireNonNull;

import io.latchkey.application.TokenAuthority;
import io.latchkey.http.security.PeerUser;
import io.latchkey.http.server.LogRateLimit;
import io.latchkey.http.tls.ReloadingCertificate;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The recovery listener of a server that was told to have one: it listens before the main one does. */
@Singleton
@Requires(property = "latchkey.recovery.host")
final class RecoveryServer implements BeanCreatedEventListener<EmbeddedServer> {
    private final BeanProvider<TokenAuthority> authority;
    private final PeerUser users;
    private final LogRateLimit strangers;
    private final InstantSource clock;
    private final InetSocketAddress address;
    private final RecoveryEndpoint.Origins origins;
    private final Optional<ReloadingCertificate> certificate;
    private final List<String> protocols;
    private @Nullable RecoveryListener listener;

    RecoveryServer(
            BeanProvider<TokenAuthority> authority,
            PeerUser users,
            InstantSource clock,
            LogRateLimit strangers,
            @Value("${latchkey.recovery.host}") String host,
            @Value("${latchkey.recovery.port}") int port,
            @Value("${latchkey.recovery.allow-remote:false}") boolean remoteAllowed,
            Optional<ReloadingCertificate> certificate,
            @Value("${micronaut.server.ssl.protocols:}") List<String> protocols) {
        this.certificate = certificate;
        this.protocols = protocols;
        this.authority = authority;
        this.users = users;
        this.strangers = strangers;
        this.clock = clock;
        this.address = new InetSocketAddress(host, port);
        this.origins = remoteAllowed ? RecoveryEndpoint.Origins.REMOTE : RecoveryEndpoint.Origins.LOCAL;
    }

    @Override
    public EmbeddedServer onCreated(BeanCreatedEvent<EmbeddedServer> event) {
        listener = new RecoveryListener(
                new RecoveryEndpoint(authority.get(), origins, users, clock, strangers),
                address,
                certificate.map(current -> () -> tls(current)));
        return event.getBean();
    }

    /** This side of a connection, known by the main listener's certificate as it is now. */
    private SSLEngine tls(ReloadingCertificate current) {
        SSLEngine engine = current.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(protocols.toArray(String[]::new));
        return engine;
    }

    /** The listener, once there is a server. */
    RecoveryListener listener() {
        return requireNonNull(listener);
    }

    @PreDestroy
    void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
