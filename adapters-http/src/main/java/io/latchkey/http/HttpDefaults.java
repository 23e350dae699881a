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
        builder.properties(Map.ofEntries(
                Map.entry("micronaut.server.host", "127.0.0.1"),
                Map.entry("micronaut.server.port", 8181),
                // What a body was before it was compressed is for RequestBody to find out: it keeps the limit.
                Map.entry("micronaut.server.netty.request-decompression-enabled", false),
                // A strong entity tag stands for these very bytes, and no answer here is long.
                Map.entry("micronaut.server.netty.compression-threshold", -1),
                Map.entry("micronaut.lifecycle.graceful-shutdown.enabled", true),
                Map.entry("micronaut.lifecycle.graceful-shutdown.grace-period", "10s")));
    }
}
