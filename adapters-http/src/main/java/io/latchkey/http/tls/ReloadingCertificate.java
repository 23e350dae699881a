package io.latchkey.http.tls;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FatalErrors;
import io.latchkey.application.FileMode;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The server's certificate and key, reloaded when their files change. New connections get the new certificate, existing
 * ones stay open. If the new files cannot be used, an error is logged and the current certificate stays in use.
 *
 * <p>Micronaut's own provider is not used, because it accepts a key that does not match the certificate, and then no
 * handshake succeeds. Changes are found by content, not by modification time: this follows symbolic links and does not
 * depend on the resolution of file times. The bean is created before the server, so that a problem with the files is
 * reported as such, and not as a failure of the server.
 */
@Context
@Named(ReloadingCertificate.NAME)
@Requires(property = "latchkey.server.tls-cert")
public final class ReloadingCertificate implements CertificateProvider, ApplicationEventListener<RefreshEvent> {
    /** The name of this certificate provider in the configuration of Micronaut. */
    public static final String NAME = "latchkey";

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingCertificate.class);

    private final TlsIdentity.Source source;
    private final InstantSource clock;
    private final Sinks.Many<KeyStore> current = Sinks.many().replay().latest();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("latchkey-certificate").daemon().factory());
    private @Nullable ScheduledFuture<?> watching;
    private Snapshot published;
    private Snapshot last;
    private volatile SSLContext context;

    /** The content of the files at one time, or why they cannot be read. */
    private sealed interface Snapshot {
        record Files(TlsIdentity.Text text) implements Snapshot {}

        record Unreadable(String sentence) implements Snapshot {}
    }

    @Inject
    ReloadingCertificate(
            @Value("${latchkey.server.tls-cert}") String certificate,
            @Value("${latchkey.server.tls-key}") String key,
            InstantSource clock) {
        this(new TlsIdentity.Source(Path.of(certificate), Path.of(key)), clock);
    }

    /**
     * Loads the files.
     *
     * @throws AuthorityUnavailable if they cannot be used
     */
    public ReloadingCertificate(TlsIdentity.Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        TlsIdentity.Text text = source.read();
        TlsIdentity identity = source.identity(text);
        context = identity.context();
        publish(identity);
        published = new Snapshot.Files(text);
        last = published;
    }

    @PostConstruct
    void watch() {
        watching = watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Stops watching the files. */
    @PreDestroy
    public void close() {
        if (watching != null) {
            watching.cancel(false);
        }
        watch.shutdown();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return current.asFlux();
    }

    /** The server's side of a new connection in Java's own TLS, with the current certificate and key. */
    public SSLEngine engine(List<String> protocols) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(protocols.toArray(String[]::new));
        return engine;
    }

    /** Checks the files at once, on SIGHUP. */
    @Override
    public void onApplicationEvent(RefreshEvent event) {
        watch.execute(() -> {
            last = snapshot();
            look();
        });
    }

    /** Checks the files; a change is used when two checks in a row see it, because the files are written one by one. */
    public void look() {
        try {
            Snapshot now = snapshot();
            boolean stable = now.equals(last);
            last = now;
            if (stable && !now.equals(published)) {
                published = now;
                take(now);
            }
        } catch (RuntimeException e) {
            // The executor would not run a task again that throws.
            LOG.error("cannot check the TLS files for changes, the current certificate stays in use", e);
        } catch (Error e) {
            FatalErrors.handOver(e);
        }
    }

    private void take(Snapshot now) {
        try {
            switch (now) {
                case Snapshot.Unreadable(var sentence) -> throw new AuthorityUnavailable(sentence);
                case Snapshot.Files(var text) -> {
                    TlsIdentity identity = source.identity(text);
                    context = identity.context();
                    publish(identity);
                }
            }
        } catch (AuthorityUnavailable e) {
            LOG.error(
                    "the TLS files changed and cannot be used, the current certificate stays in use: {}",
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the TLS files changed and cannot be used, the current certificate stays in use", e);
        }
    }

    private Snapshot snapshot() {
        try {
            return new Snapshot.Files(source.read());
        } catch (AuthorityUnavailable e) {
            return new Snapshot.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private void publish(TlsIdentity identity) {
        warnOfReaders();
        if (identity.end().isBefore(clock.instant())) {
            LOG.warn("the TLS certificate in {} expired at {}", source.certificate(), identity.end());
        } else {
            LOG.info("the TLS certificate in {} is valid until {}", source.certificate(), identity.end());
        }
        current.tryEmitNext(identity.keyStore()).orThrow();
    }

    private void warnOfReaders() {
        try {
            if (FileMode.of(source.key()).isReadableByAll()) {
                LOG.warn(
                        "the TLS key in {} is readable by all users of this machine: consider chmod o-r", source.key());
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The file system has no such permissions.
        }
    }
}
