package io.latchkey.http.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import jakarta.inject.Singleton;

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

    private final OpenConnections connections;
    private final ConnectionGuards guards;

    SlowClientPipeline(OpenConnections connections, ConnectionGuards guards) {
        this.connections = connections;
        this.guards = guards;
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

        @Override
        public void onInitialPipelineBuilt() {
            guards.limitReads(channel);
            if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION) != null) {
                channel.pipeline()
                        .addAfter(ChannelPipelineCustomizer.HANDLER_IDLE_STATE, "latchkey-idle", new CloseWhenIdle())
                        .addBefore(ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION, TURNS, guards.turns(channel))
                        .addLast("latchkey-errors", guards.errors());
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) == null) {
                pipeline.addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_DECODER, STRICT, guards.strict());
            } else {
                String name = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
                pipeline.replace(name, name, guards.codec());
                pipeline.addBefore(name, TURNS, guards.turns(channel));
                pipeline.addAfter(name, STRICT, guards.strict());
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
