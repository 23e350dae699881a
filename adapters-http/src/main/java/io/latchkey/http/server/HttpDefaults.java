package io.latchkey.http.server;

import io.latchkey.http.tls.ReloadingCertificate;
import io.latchkey.http.tls.TlsIdentity;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.util.List;
import java.util.Map;

/** Default settings of the server: binds to loopback, shuts down gracefully. */
@ContextConfigurer
public final class HttpDefaults implements ApplicationContextConfigurer {
    private static final List<String> TRANSPORTS = List.of("epoll", "nio");

    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.properties(Map.ofEntries(
                Map.entry("micronaut.server.host", "127.0.0.1"),
                Map.entry("micronaut.server.port", 8181),
                // CommonHeaders adds it; Micronaut fails to print years after 9999.
                Map.entry("micronaut.server.date-header", false),
                // As in nginx: a proxy sends the headers of the protected request, with all cookies.
                Map.entry("micronaut.server.netty.max-header-size", 32 * 1024),
                Map.entry("micronaut.server.netty.max-initial-line-length", 16 * 1024),
                Map.entry("micronaut.server.ssl.key-name", ReloadingCertificate.NAME),
                Map.entry("micronaut.server.ssl.key.password", TlsIdentity.PASSWORD),
                // HTTP/2 adds 32 bytes to each field and counts the URL. The second setting limits parallel requests of
                // one client.
                Map.entry("micronaut.server.netty.http2.max-header-list-size", 64 * 1024),
                Map.entry("micronaut.server.netty.http2.max-concurrent-streams", 1000),
                // One pipeline for each request, so that ForwardAuthHandler works as in HTTP/1.
                Map.entry("micronaut.server.netty.legacy-multiplex-handlers", true),
                // The same time as in SlowClientHandler.
                Map.entry("micronaut.server.idle-timeout", "2m"),
                // RequestBody decompresses, because it enforces the limit on the result.
                Map.entry("micronaut.server.netty.request-decompression-enabled", false),
                // No compression: a strong entity tag identifies the exact bytes, and responses are short.
                Map.entry("micronaut.server.netty.compression-threshold", -1),
                // Both loops must use the same transport; the first available one is used.
                Map.entry("micronaut.netty.event-loops.default.transport", TRANSPORTS),
                Map.entry("micronaut.server.netty.parent.transport", TRANSPORTS),
                Map.entry("micronaut.lifecycle.graceful-shutdown.enabled", true),
                Map.entry("micronaut.lifecycle.graceful-shutdown.grace-period", "10s")));
    }
}
