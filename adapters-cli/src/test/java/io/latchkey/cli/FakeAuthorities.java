package io.latchkey.cli;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.InMemorySystemTables;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.ManualTicker;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStores;
import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.serve.ServerSettings;
import io.latchkey.cli.serve.Servers;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.TokenName;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** One authority in memory, whatever file or server is asked for; a second passes between two questions. */
public final class FakeAuthorities implements Servers, AutoCloseable {
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final FakeFiles files;
    private final SecureRandom random = new PredictableRandom();
    private final ManualClock clock;
    private final TokenAuthority authority;

    public FakeAuthorities(ManualClock clock) {
        this.clock = clock;
        this.files = new FakeFiles(store, clock);
        this.authority =
                new ManualTicker().authority(store, new InMemorySystemTables(), clock, random, ExpiryPolicy.NONE);
        authority.start();
    }

    @Override
    public <T> T ask(Location location, Optional<Credential> credential, Function<ActorAccess, T> question) {
        clock.advance(Duration.ofSeconds(1));
        T answer = question.apply(
                switch (location) {
                    case Location.Store(StoreLocation.File(var file)) -> {
                        FakeFiles.touch(file);
                        yield credential
                                .map(c -> authority.actingAs(c.secret()))
                                .orElseGet(() -> authority.actingAs(new Actor.FileOwner(LocalUser.called("alice"))));
                    }
                    case Location.Store(StoreLocation.Postgres database) ->
                        throw new AuthorityUnavailable(database + " cannot be reached");
                    case Location.Remote remote -> {
                        URI address = remote.address();
                        switch (HostAndPort.of(address).orElseThrow().host()) {
                            case "down.test", "down_host" ->
                                throw new AuthorityUnavailable("cannot reach " + address + ": connection refused");
                            case "broken.test" -> throw new IllegalStateException("this is a bug\nwith two lines");
                            default -> {}
                        }
                        yield credential
                                .map(c -> authority.actingAs(c.secret()))
                                .orElseGet(() -> authority.actingAs(new Actor.LocalBootstrap()));
                    }
                });
        if (location instanceof Location.Remote(URI address, var _) && "mute.test".equals(address.getHost())) {
            throw new AuthorityUnavailable("no answer from " + address);
        }
        return answer;
    }

    @Override
    public DatabaseFiles files() {
        return files;
    }

    @Override
    public TokenStores stores() {
        return files;
    }

    @Override
    public TokenLines lines() {
        return ServiceLoader.load(TokenLines.class).findFirst().orElseThrow();
    }

    @Override
    public ConsoleLink consoleLink(Location.Remote server, Optional<Credential> credential) {
        return new ConsoleLink(
                server.address().resolve("/console/sign-in?link=code"),
                clock.instant().plusSeconds(60));
    }

    @Override
    public URI ownerLink(StoreLocation store, Location.Remote server) {
        if ("down.test".equals(server.address().getHost())) {
            throw new AuthorityUnavailable("cannot reach " + server.address() + ": connection refused");
        }
        if ("untrusted.test".equals(server.address().getHost())
                && server.trust().verification() == ServerTrust.Verification.ON) {
            throw new AuthorityUnavailable("cannot reach " + server.address() + ": its certificate is not trusted");
        }
        return URI.create(server.address().toString().replaceFirst("/$", "") + "/console/sign-in?owner=code");
    }

    @Override
    public ServerDescription greet(Location.Remote server, Optional<Credential> credential) {
        return switch (server.address().getHost()) {
            case "late.test" ->
                new ServerDescription(
                        Optional.of("InfluxDB 3.10.0"),
                        Optional.of(clock.instant().minusSeconds(60)));
            case "blind.test", "127.0.0.3" ->
                new ServerDescription(Optional.empty(), Optional.empty(), ServerDescription.Condition.UNAVAILABLE);
            case "127.0.0.2" -> {
                if (server.address().getScheme().equals("http")) {
                    throw new AuthorityUnavailable(
                            "cannot reach " + server.address() + ": the server speaks TLS there");
                }
                yield new ServerDescription(Optional.empty(), Optional.empty());
            }
            case "authority.test" ->
                new ServerDescription(credential.map(_ -> "Latchkey 9.9.9"), Optional.of(clock.instant()));
            default -> throw new AuthorityUnavailable("cannot reach " + server.address() + ": connection refused");
        };
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public OfflineToken prepare(TokenName name, Lifetime lifetime, Description description) {
        return OfflineToken.prepare(name, lifetime, description, clock, random);
    }

    @Override
    public Serving serve(ServerSettings settings) {
        settings.wanted().forEach(token -> token.register(authority));
        throw new AuthorityUnavailable("cannot listen on " + settings.bind() + ": another program listens there");
    }

    @Override
    public void close() {
        authority.close();
    }
}
