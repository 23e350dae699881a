package io.latchkey.http.forwardauth;

import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.server.OpenConnections;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/**
 * Adds a {@link ForwardAuthHandler} to every connection, between the HTTP codec and Micronaut; in HTTP/2, to every
 * stream, since a connection has several requests at once.
 */
@Singleton
final class ForwardAuthPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private final ForwardAuth forwardAuth;
    private final OpenConnections connections;
    private final ConsoleListener console;

    ForwardAuthPipeline(ForwardAuth forwardAuth, OpenConnections connections, ConsoleListener console) {
        this.forwardAuth = forwardAuth;
        this.connections = connections;
        this.console = console;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Root());
        return event.getBean();
    }

    private final class Root implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
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
        public void onStreamPipelineBuilt() {
            if (console.accepted(channel.localAddress())) {
                return;
            }
            channel.pipeline()
                    .addBefore(
                            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                            "latchkey-forward-auth",
                            new ForwardAuthHandler(forwardAuth, connections));
        }
    }
}
