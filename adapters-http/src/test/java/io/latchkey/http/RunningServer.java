package io.latchkey.http;

import io.latchkey.application.Eventually;
import io.latchkey.application.InMemoryOwnerCodes;
import io.latchkey.application.InMemorySystemTables;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.LogCounts;
import io.latchkey.application.ManualClock;
import io.latchkey.application.ManualTicker;
import io.latchkey.application.OwnerCodes;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.table.SystemTables;
import io.latchkey.domain.Actor;
import io.latchkey.domain.ExpiryPolicy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A server with a store in memory and a manual clock and ticker, on a free port. */
public final class RunningServer implements AutoCloseable {
    public final ManualClock clock = new ManualClock();
    public final OwnerCodes owners = new InMemoryOwnerCodes();
    public final InMemoryTokenStore store = new InMemoryTokenStore();
    public final TokenAuthority authority;
    private final ManualTicker ticker = new ManualTicker();
    private final ApplicationContext context;
    private final EmbeddedServer server;

    public RunningServer() {
        this(Map.of("latchkey.server.public-url", "https://tokens.example"));
    }

    public RunningServer(Map<String, Object> settings) {
        this(settings, new InMemorySystemTables());
    }

    /** A server that shares its store with nodes. */
    public RunningServer(Map<String, Object> settings, Nodes nodes) {
        this(settings);
        store.share(nodes);
    }

    RunningServer(ExpiryPolicy policy) {
        this(Map.of(), new InMemorySystemTables(), policy);
    }

    public RunningServer(Map<String, Object> settings, SystemTables tables) {
        this(settings, tables, ExpiryPolicy.NONE);
    }

    private RunningServer(Map<String, Object> settings, SystemTables tables, ExpiryPolicy policy) {
        authority = ticker.authority(store, tables, clock, new SecureRandom(), policy);
        authority.start();
        Map<String, Object> all = new HashMap<>(Map.of("micronaut.server.port", 0));
        all.putAll(settings);
        context = ApplicationContext.builder()
                .properties(all)
                .beanDefinitions(
                        RuntimeBeanDefinition.builder(authority).build(),
                        RuntimeBeanDefinition.builder(new LogCounts()).build(),
                        RuntimeBeanDefinition.builder(OwnerCodes.class, () -> owners)
                                .singleton(true)
                                .build(),
                        RuntimeBeanDefinition.builder(new SecureRandom()).build(),
                        RuntimeBeanDefinition.builder(InstantSource.class, () -> clock)
                                .replaces(InstantSource.class)
                                .singleton(true)
                                .build())
                .start();
        server = context.getBean(EmbeddedServer.class);
        server.start();
    }

    public int port() {
        return server.getPort();
    }

    /** Creates the operator token and returns its secret. */
    public String operator() {
        return authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .createOperator()
                .secret()
                .reveal();
    }

    /** The store breaks down, and its last answer is too old for a verdict. */
    public void breakDown() {
        store.breakDown();
        ticker.endLease();
    }

    /** The store answers again, and verdicts can be given. */
    public void repair() {
        store.repair();
        Eventually.until(authority::givesVerdicts);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        authority.close();
    }
}
