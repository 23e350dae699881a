package io.latchkey.cli;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.LogCounts;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.RemoteAuthorities;
import io.latchkey.application.SelfRotation;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TemporaryFolder;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStores;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.NotificationSenders;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.table.SystemTables;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.doctor.ListenFailure;
import io.latchkey.cli.help.Version;
import io.latchkey.cli.serve.ExposedDatabase;
import io.latchkey.cli.serve.ForwardAuthSettings;
import io.latchkey.cli.serve.LogQueue;
import io.latchkey.cli.serve.Logging;
import io.latchkey.cli.serve.PreconfiguredToken;
import io.latchkey.cli.serve.RecoverySettings;
import io.latchkey.cli.serve.Serve;
import io.latchkey.cli.serve.ServerSettings;
import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.serve.VerifySettings;
import io.latchkey.cli.serve.WebhookSettings;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.cli.terminal.OpenFileLimit;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.micronaut.configuration.picocli.MicronautFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Composes the parts of Latchkey: the only class that knows all of them.
 *
 * <p>Commands use the adapters directly, because a container takes longer to start than a command runs. A server is
 * one container, configured only by its options.
 */
final class Assembly implements Servers {
    @Override
    public <T> T ask(Location location, Optional<Credential> credential, Function<ActorAccess, T> question) {
        return switch (location) {
            case Location.Store(var store) -> {
                try (TokenStore opened = stores().open(store);
                        TokenAuthority authority = authority(opened)) {
                    yield question.apply(actingAs(authority, credential));
                }
            }
            case Location.Remote(URI address, ServerTrust trust) ->
                question.apply(adapter(RemoteAuthorities.class).at(address, trust, credential.map(Credential::secret)));
        };
    }

    /** The adapter of a port, which is on the class path at run time only. */
    private static <T> T adapter(Class<T> port) {
        return ServiceLoader.load(port, Assembly.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no adapter of " + port.getSimpleName()));
    }

    private static TokenAuthority authority(TokenStore store) {
        // Looked up by the first query, which few commands make.
        SystemTables tables = (sql, tokens, now) -> adapter(SystemTables.class).query(sql, tokens, now);
        return new TokenAuthority(store, tables, InstantSource.system(), new SecureRandom());
    }

    @Override
    public DatabaseFiles files() {
        return adapter(DatabaseFiles.class);
    }

    @Override
    public TokenStores stores() {
        return adapter(TokenStores.class);
    }

    @Override
    public TokenLines lines() {
        return adapter(TokenLines.class);
    }

    @Override
    public Serving serve(ServerSettings settings) {
        LogCounts counts = new LogCounts();
        LogQueue log = Logging.use(settings.logging(), counts);
        Thread.setDefaultUncaughtExceptionHandler(new FatalErrorHandler(log));
        try {
            Serving serving = serve(settings, counts, log);
            log.flush();
            return serving;
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private static Serving serve(ServerSettings settings, LogCounts counts, LogQueue log) {
        settings.authentication().announce();
        switch (settings.location()) {
            case StoreLocation.File(var file) -> new ExposedDatabase(file).check();
            case StoreLocation.Postgres _ -> {}
        }
        TemporaryFolder.removeAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
        List<PreconfiguredToken> wanted = settings.wanted();
        MicronautFactory beans = container(settings, counts);
        try {
            TokenAuthority authority = bean(beans, TokenAuthority.class);
            warnOfClock(authority);
            wanted.forEach(token -> token.register(authority));
            authority.start();
            authority.auditLedger();
            warnOfRisks(authority);
            settings.webhook().ifPresent(to -> startNotifications(authority, to, bean(beans, DeliveryProgress.class)));
            Listening listening = new Listening(
                    beans,
                    listen(bean(beans, EmbeddedServer.class), settings.bind()),
                    settings.bind().port(),
                    authority.isEmpty(),
                    log);
            settings.warnOfPlainHttp();
            return listening;
        } catch (RuntimeException e) {
            end(beans, e);
            throw e;
        }
    }

    private static void startNotifications(TokenAuthority authority, WebhookSettings to, DeliveryProgress progress) {
        to.announce();
        authority.sendNotifications(
                to.webhook(), adapter(NotificationSenders.class).to(to.webhook()), progress);
    }

    /** Closes a container after a failure; a second failure is added to the first as suppressed. */
    private static void end(MicronautFactory beans, RuntimeException failure) {
        try {
            beans.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public ServerDescription greet(Location.Remote server, Optional<Credential> credential) {
        return adapter(RemoteAuthorities.class)
                .greet(server.address(), server.trust(), credential.map(Credential::secret));
    }

    @Override
    public ConsoleLink consoleLink(Location.Remote server, Optional<Credential> credential) {
        return adapter(RemoteAuthorities.class)
                .consoleLink(server.address(), server.trust(), credential.map(Credential::secret));
    }

    @Override
    public URI ownerLink(StoreLocation store, Location.Remote server) {
        Function<String, URI> links = adapter(RemoteAuthorities.class).ownerLinks(server.address(), server.trust());
        String code = stores().codes(store)
                .issue(
                        new SecureRandom(),
                        clock().instant(),
                        Environment.owner().user());
        return links.apply(code);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public OfflineToken prepare(TokenName name, Lifetime lifetime, Description description) {
        // Needs no container.
        return OfflineToken.prepare(name, lifetime, description, clock(), new SecureRandom());
    }

    private static Map<String, Object> properties(ServerSettings settings) {
        ForwardAuthSettings forwardAuth = settings.forwardAuth();
        Map<String, Object> properties = new HashMap<>(Map.of(
                "latchkey.server.allow-remote-bootstrap",
                        settings.remoteBootstrap() == ServerSettings.RemoteBootstrap.ALLOWED,
                "latchkey.version", Version.number(),
                "latchkey.server.introspection-exp",
                        forwardAuth.introspectionExp().name(),
                "latchkey.server.connections", OpenFileLimit.ofProcess().connections(),
                "micronaut.server.host", settings.bind().host(),
                "micronaut.server.port", settings.bind().port()));
        if (settings.location() instanceof StoreLocation.File(var file)) {
            properties.put("latchkey.database", file.toString());
        }
        properties.putAll(settings.authentication().properties());
        properties.putAll(
                settings.console().properties(settings.bind(), settings.tls().isPresent()));
        settings.verify().map(VerifySettings::properties).ifPresent(properties::putAll);
        settings.recovery().map(RecoverySettings::properties).ifPresent(properties::putAll);
        settings.tls()
                .ifPresent(
                        tls -> properties.putAll(tls.properties(settings.bind().port())));
        forwardAuth.verifyHeader().ifPresent(name -> properties.put("latchkey.server.verify-header", name));
        forwardAuth
                .verifyInsufficient()
                .ifPresent(status -> properties.put("latchkey.server.verify-insufficient", status));
        forwardAuth.trustedProxies().ifPresent(proxies -> properties.put("latchkey.server.trusted-proxies", proxies));
        forwardAuth
                .trustedProxyHeader()
                .ifPresent(name -> properties.put("latchkey.server.trusted-proxy-header", name));
        forwardAuth.publicUrl().ifPresent(url -> properties.put("latchkey.server.public-url", url));
        return properties;
    }

    /** Called before anything is written, since a new entry would be the newest. */
    private static void warnOfClock(TokenAuthority authority) {
        Instant now = InstantSource.system().instant();
        if (!Timestamps.contain(now)) {
            LoggerFactory.getLogger(Serve.class)
                    .error(
                            "the clock of this machine says {}: only /verify and probes are answered until it is set",
                            now);
        }
        authority
                .lastChangeAhead()
                .ifPresent(at -> LoggerFactory.getLogger(Serve.class)
                        .warn(
                                "the newest ledger entry is dated {}, in the future of this machine's clock: if the"
                                        + " clock was set back, expired tokens are accepted again",
                                at));
    }

    private static void warnOfRisks(TokenAuthority authority) {
        authority
                .nodes()
                .ifPresent(nodes -> nodes.risks()
                        .forEach(risk -> LoggerFactory.getLogger(Serve.class)
                                .warn("the database: {}; {}", risk.sentence(), risk.advice())));
    }

    private record Listening(MicronautFactory beans, EmbeddedServer server, int port, boolean isNew, LogQueue log)
            implements Serving {
        @Override
        public URI address() {
            URI found = server.getURI();
            // If the console has an address of its own, Micronaut may name the port of either.
            return port == 0 ? found : URI.create(found.getScheme() + "://" + found.getHost() + ":" + port);
        }

        @Override
        public void reload() {
            server.getApplicationContext().publishEvent(new RefreshEvent());
        }

        @Override
        public void close() {
            server.stop();
            beans.close();
            log.close();
        }
    }

    private static ActorAccess actingAs(TokenAuthority authority, Optional<Credential> credential) {
        if (credential.isEmpty()) {
            return authority.actingAs(Environment.owner());
        }
        authority.start();
        return authority.actingAs(credential.get().secret());
    }

    private static EmbeddedServer listen(EmbeddedServer server, ListenAddress bind) {
        try {
            return server.start();
        } catch (RuntimeException e) {
            throwOwnFailure(e);
            throw new AuthorityUnavailable("cannot listen on " + bind + ": " + ListenFailure.reason(e), e);
        }
    }

    private static MicronautFactory container(ServerSettings settings, LogCounts counts) {
        try {
            ApplicationContextBuilder builder = ApplicationContext.builder()
                    .banner(false)
                    .deduceEnvironment(false)
                    .environmentPropertySource(false) // only the variables that help describes are read
                    .properties(properties(settings))
                    .beanDefinitions(
                            RuntimeBeanDefinition.of(settings.policy()),
                            RuntimeBeanDefinition.of(settings.selfRotation()),
                            RuntimeBeanDefinition.of(counts));
            if (settings.location() instanceof StoreLocation.Postgres postgres) {
                builder.beanDefinitions(RuntimeBeanDefinition.of(postgres));
            }
            return new MicronautFactory(builder.build());
        } catch (RuntimeException e) {
            throwOwnFailure(e);
            throw e;
        }
    }

    /** Creates a bean. A failure of ours is thrown without the container's exceptions around it. */
    private static <T> T bean(MicronautFactory beans, Class<T> type) {
        try {
            return beans.create(type);
        } catch (Exception e) {
            throwOwnFailure(e);
            throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
        }
    }

    private static void throwOwnFailure(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenFailure || cause instanceof AuthorityUnavailable) {
                throw (RuntimeException) cause;
            }
        }
    }

    /** Beans of the application layer, whose classes know no container. */
    @Factory
    static final class Application {
        @Singleton
        @Bean(preDestroy = "close")
        TokenAuthority tokenAuthority(
                TokenStore store,
                SystemTables tables,
                InstantSource clock,
                SecureRandom random,
                ExpiryPolicy policy,
                SelfRotation selfRotation) {
            return new TokenAuthority(store, tables, clock, random, policy, selfRotation);
        }

        @Singleton
        SecureRandom secureRandom() {
            return new SecureRandom();
        }
    }
}
