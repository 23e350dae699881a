package io.latchkey.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.latchkey.application.TokenAuthority;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The recovery listener of a server that was told to have one: it listens before the main one does. */
@Singleton
@Requires(property = "latchkey.recovery.host")
final class Recovery implements BeanCreatedEventListener<EmbeddedServer> {
    private final BeanProvider<TokenAuthority> authority;
    private final InetSocketAddress address;
    private final RecoveryListener.Origins origins;
    private final Optional<ReloadingCertificate> certificate;
    private final List<String> protocols;
    private @Nullable RecoveryListener listener;

    Recovery(
            BeanProvider<TokenAuthority> authority,
            @Value("${latchkey.recovery.host}") String host,
            @Value("${latchkey.recovery.port}") int port,
            @Value("${latchkey.recovery.allow-remote:false}") boolean remoteAllowed,
            Optional<ReloadingCertificate> certificate,
            @Value("${micronaut.server.ssl.protocols:}") List<String> protocols) {
        this.certificate = certificate;
        this.protocols = protocols;
        this.authority = authority;
        this.address = new InetSocketAddress(host, port);
        this.origins = remoteAllowed ? RecoveryListener.Origins.REMOTE : RecoveryListener.Origins.LOCAL;
    }

    @Override
    public EmbeddedServer onCreated(BeanCreatedEvent<EmbeddedServer> event) {
        listener = new RecoveryListener(authority.get(), origins, address, certificate.map(this::tls));
        return event.getBean();
    }

    /** The main listener's certificate, as it is at the start: this one is not meant to stay open. */
    private HttpsConfigurator tls(ReloadingCertificate current) {
        return new HttpsConfigurator(current.identity().context()) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setProtocols(protocols.toArray(String[]::new));
                connection.setSSLParameters(parameters);
            }
        };
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
