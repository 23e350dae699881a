package io.latchkey.http.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.EventExecutor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds {@link RoundRobinHandler}, {@link StrictHttp} and {@link SlowClientHandler} to each connection, and for HTTP/2
 * the latter two to each stream. Closes an HTTP/2 connection on which nothing arrives for the idle timeout of the
 * server, which Micronaut does for HTTP/1 only. {@link ClientErrors} gets the failures of a connection.
 *
 * <p>Each connection is read in small parts, and all connections of an event loop share its time by {@link RoundRobin}:
 * a client that sends much delays itself, not others.
 */
@Singleton
final class SlowClientPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final String TURNS = "latchkey-turns";
    private static final String STRICT = "latchkey-strict";
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(512, 2048, 16 * 1024).maxMessagesPerRead(1);

    private final NettyHttpServerConfiguration configuration;
    private final OpenConnections connections;
    private final ClientErrors errors;
    private final Map<EventExecutor, RoundRobin> turns = new ConcurrentHashMap<>();

    SlowClientPipeline(NettyHttpServerConfiguration configuration, OpenConnections connections, ClientErrors errors) {
        this.configuration = configuration;
        this.connections = connections;
        this.errors = errors;
    }

    /** The codec of HTTP/1 with the limits of the configuration and a limit of header fields. */
    private HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(configuration.getMaxInitialLineLength())
                .setMaxHeaderSize(configuration.getMaxHeaderSize())
                .setMaxChunkSize(configuration.getMaxChunkSize())
                .setHeadersFactory(BoundedHttpHeaders.FACTORY)
                .setTrailersFactory(BoundedHttpHeaders.FACTORY));
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Root());
        return event.getBean();
    }

    private final class Root implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return switch (role) {
                case LISTENER -> {
                    channel.pipeline().addFirst("latchkey-accepted", new AcceptedConnections(connections));
                    yield this;
                }
                case CONNECTION -> new Connection(channel);
                case REQUEST_STREAM, PUSH_PROMISE_STREAM -> this;
            };
        }
    }

    private final class Connection implements NettyServerCustomizer {
        private final Channel channel;

        Connection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel stream, ChannelRole role) {
            return new Connection(stream);
        }

        private RoundRobin turns() {
            return turns.computeIfAbsent(channel.eventLoop(), loop -> new RoundRobin(loop, System::nanoTime));
        }

        @Override
        public void onInitialPipelineBuilt() {
            channel.config().setRecvByteBufAllocator(READS);
            if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION) != null) {
                channel.pipeline()
                        .addAfter(ChannelPipelineCustomizer.HANDLER_IDLE_STATE, "latchkey-idle", new CloseWhenIdle())
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION,
                                TURNS,
                                new RoundRobinHandler(turns(), OpenConnections::isProven))
                        .addLast("latchkey-errors", errors);
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) == null) {
                pipeline.addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_DECODER, STRICT, new StrictHttp(errors));
            } else {
                String name = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
                pipeline.replace(name, name, codec());
                pipeline.addBefore(name, TURNS, new RoundRobinHandler(turns(), OpenConnections::isProven));
                pipeline.addAfter(name, STRICT, new StrictHttp(errors));
            }
            pipeline.addAfter(STRICT, "latchkey-deadlines", new SlowClientHandler());
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_IDLE_STATE) != null) {
                // It looks at the clock for all that is read and written; SlowClientHandler knows more, and costs an
                // addition.
                pipeline.remove(ChannelPipelineCustomizer.HANDLER_IDLE_STATE);
            }
        }
    }

    private static final class CloseWhenIdle extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent idle && idle.state() == IdleState.ALL_IDLE) {
                var _ = context.close();
            } else {
                context.fireUserEventTriggered(event);
            }
        }
    }
}
