package io.latchkey.http.server;

import io.latchkey.http.tls.ReloadingCertificate;
import io.latchkey.http.tls.TlsIdentity;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.List;
import java.util.Map;

/** How the server behaves unless it is told otherwise: it listens to this machine, and ends what it has begun. */
@ContextConfigurer
public final class HttpDefaults implements ApplicationContextConfigurer {
    private static final List<String> TRANSPORTS = List.of("epoll", "nio");

    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.ofEntries(
                Map.entry("micronaut.server.host", "127.0.0.1"),
                Map.entry("micronaut.server.port", 8181),
                // As much as nginx lets through: the head of a guarded request comes here with all its cookies.
                Map.entry("micronaut.server.netty.max-header-size", 32 * 1024),
                Map.entry("micronaut.server.netty.max-initial-line-length", 16 * 1024),
                Map.entry("micronaut.server.ssl.key-name", ReloadingCertificate.NAME),
                Map.entry("micronaut.server.ssl.key.password", TlsIdentity.PASSWORD),
                // In HTTP/2 each field counts 32 bytes more, the URL is one of them, and nobody may have us begin
                // everything.
                Map.entry("micronaut.server.netty.http2.max-header-list-size", 64 * 1024),
                Map.entry("micronaut.server.netty.http2.max-concurrent-streams", 1000),
                // Each request has a pipeline of its own, so that ForwardAuthHandler answers the same as in HTTP/1.
                Map.entry("micronaut.server.netty.legacy-multiplex-handlers", true),
                // As long as Deadlines waits for a request.
                Map.entry("micronaut.server.idle-timeout", "2m"),
                // What a body was before it was compressed is for RequestBody to find out: it keeps the limit.
                Map.entry("micronaut.server.netty.request-decompression-enabled", false),
                // A strong entity tag stands for these very bytes, and no answer here is long.
                Map.entry("micronaut.server.netty.compression-threshold", -1),
                // Both loops must be of the same kind; the first that this machine has is taken.
                Map.entry("micronaut.netty.event-loops.default.transport", TRANSPORTS),
                Map.entry("micronaut.server.netty.parent.transport", TRANSPORTS),
                Map.entry("micronaut.lifecycle.graceful-shutdown.enabled", true),
                Map.entry("micronaut.lifecycle.graceful-shutdown.grace-period", "10s")));
    }
}
