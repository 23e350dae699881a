package io.latchkey.http.server;

import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What protects a connection of HTTP/1 from its client, and other connections from it: limits of the codec, small reads, and
 * turns with the other connections of its event loop. Every listener of the server uses the same.
 */
@Singleton
final class ConnectionGuards {
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(512, 2048, 16 * 1024).maxMessagesPerRead(1);

    private final NettyHttpServerConfiguration configuration;
    private final ClientErrors errors;
    private final Map<EventExecutor, RoundRobin> turns = new ConcurrentHashMap<>();

    ConnectionGuards(NettyHttpServerConfiguration configuration, ClientErrors errors) {
        this.configuration = configuration;
        this.errors = errors;
    }

    /** The codec with the limits of the configuration and a limit of header fields. */
    HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(configuration.getMaxInitialLineLength())
                .setMaxHeaderSize(configuration.getMaxHeaderSize())
                .setMaxChunkSize(configuration.getMaxChunkSize())
                .setHeadersFactory(BoundedHttpHeaders.FACTORY)
                .setTrailersFactory(BoundedHttpHeaders.FACTORY));
    }

    /** Lets a connection be read in small parts. */
    void limitReads(Channel connection) {
        connection.config().setRecvByteBufAllocator(READS);
    }

    /** Gives a connection its turns; before the codec. */
    ChannelHandler turns(Channel connection) {
        return new RoundRobinHandler(
                turns.computeIfAbsent(connection.eventLoop(), loop -> new RoundRobin(loop, System::nanoTime)),
                OpenConnections::isProven);
    }

    /** Refuses what another server might read differently; after the codec. */
    ChannelHandler strict() {
        return new StrictHttp(errors);
    }

    /** The last handler, which gets the failures of a connection. */
    ChannelHandler errors() {
        return errors;
    }
}
