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
import org.jspecify.annotations.Nullable;

/** Starts the recovery listener, if configured, before the main listener. */
@Singleton
@Requires(property = "latchkey.recovery.host")
final class RecoveryServer implements BeanCreatedEventListener<EmbeddedServer> {
    private final BeanProvider<TokenAuthority> authority;
    private final PeerUser users;
    private final LogRateLimit logLimit;
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
            LogRateLimit logLimit,
            @Value("${latchkey.recovery.host}") String host,
            @Value("${latchkey.recovery.port}") int port,
            @Value("${latchkey.recovery.allow-remote:false}") boolean remoteAllowed,
            Optional<ReloadingCertificate> certificate,
            @Value("${micronaut.server.ssl.protocols:}") List<String> protocols) {
        this.certificate = certificate;
        this.protocols = protocols;
        this.authority = authority;
        this.users = users;
        this.logLimit = logLimit;
        this.clock = clock;
        this.address = new InetSocketAddress(host, port);
        this.origins = remoteAllowed ? RecoveryEndpoint.Origins.REMOTE : RecoveryEndpoint.Origins.LOCAL;
    }

    @Override
    public EmbeddedServer onCreated(BeanCreatedEvent<EmbeddedServer> event) {
        listener = new RecoveryListener(
                new RecoveryEndpoint(authority.get(), origins, users, clock, logLimit),
                address,
                certificate.map(current -> () -> current.engine(protocols)));
        return event.getBean();
    }

    /** The listener; only after the server was created. */
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
