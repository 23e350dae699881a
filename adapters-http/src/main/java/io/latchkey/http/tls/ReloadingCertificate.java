package io.latchkey.http.tls;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FatalErrors;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The server's certificate and key, read again when their files change: whoever connects afterwards meets the new one,
 * and who is connected notices nothing. Files that cannot be used change nothing but the log.
 *
 * <p>Micronaut's own provider would take a key that is not the certificate's, and then no handshake would succeed. The
 * content is compared, not the time: links are followed, whatever they come to point to, and no clock is too coarse.
 * Made before the server is, which would hide in its own log what is wrong with the files.
 */
@Context
@Named(ReloadingCertificate.NAME)
@Requires(property = "latchkey.server.tls-cert")
public final class ReloadingCertificate implements CertificateProvider, ApplicationEventListener<RefreshEvent> {
    public static final String NAME = "latchkey";

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingCertificate.class);

    private final TlsIdentity.Source source;
    private final InstantSource clock;
    private final Sinks.Many<KeyStore> current = Sinks.many().replay().latest();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("latchkey-certificate").daemon().factory());
    private @Nullable ScheduledFuture<?> watching;
    private Sight handled;
    private Sight last;
    private volatile SSLContext context;

    /** What is seen when one looks at the files. */
    private sealed interface Sight {
        record Files(TlsIdentity.Text text) implements Sight {}

        record Trouble(String sentence) implements Sight {}
    }

    @Inject
    ReloadingCertificate(
            @Value("${latchkey.server.tls-cert}") String certificate,
            @Value("${latchkey.server.tls-key}") String key,
            InstantSource clock) {
        this(new TlsIdentity.Source(Path.of(certificate), Path.of(key)), clock);
    }

    /**
     * What the files hold now.
     *
     * @throws AuthorityUnavailable if that cannot be used
     */
    public ReloadingCertificate(TlsIdentity.Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        TlsIdentity.Text text = source.read();
        TlsIdentity identity = source.identity(text);
        context = identity.context();
        publish(identity);
        handled = new Sight.Files(text);
        last = handled;
    }

    @PostConstruct
    void watch() {
        watching = watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

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

    /** The same for whoever uses Java's own TLS: the one that is in force now. */
    public SSLContext context() {
        return context;
    }

    /** Looks at the files at once, when somebody says that they have changed. */
    @Override
    public void onApplicationEvent(RefreshEvent event) {
        watch.execute(() -> {
            last = see();
            look();
        });
    }

    /** Looks at the files; a change counts when it is seen for the second time, since files are written one by one. */
    public void look() {
        try {
            Sight now = see();
            boolean settled = now.equals(last);
            last = now;
            if (settled && !now.equals(handled)) {
                handled = now;
                take(now);
            }
        } catch (RuntimeException e) {
            // Whatever it was, the next look is due: a watch that throws is never called again.
            LOG.error("cannot check the TLS files for changes, the current certificate stays in use", e);
        } catch (Error e) {
            FatalErrors.handOver(e);
        }
    }

    private void take(Sight now) {
        try {
            switch (now) {
                case Sight.Trouble(var sentence) -> throw new AuthorityUnavailable(sentence);
                case Sight.Files(var text) -> {
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

    private Sight see() {
        try {
            return new Sight.Files(source.read());
        } catch (AuthorityUnavailable e) {
            return new Sight.Trouble(String.valueOf(e.getMessage()));
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
            if (Files.getPosixFilePermissions(source.key()).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn(
                        "the TLS key in {} is readable by all users of this machine: consider chmod o-r", source.key());
            }
        } catch (IOException | UnsupportedOperationException e) {
            // There is nothing to be said where files have no such permissions.
        }
    }
}
