package io.latchkey.http;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.Map;

/** How the server behaves unless it is told otherwise: it listens to this machine, and ends what it has begun. */
@ContextConfigurer
public final class HttpDefaults implements ApplicationContextConfigurer {
    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.of(
                "micronaut.server.host",
                "127.0.0.1",
                "micronaut.server.port",
                8181,
                "micronaut.lifecycle.graceful-shutdown.enabled",
                true,
                "micronaut.lifecycle.graceful-shutdown.grace-period",
                "10s"));
    }
}
