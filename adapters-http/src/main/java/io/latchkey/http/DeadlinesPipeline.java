package io.latchkey.http;

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
 * Puts {@link Deadlines} into every connection, and in HTTP/2 into every stream; there the connection itself ends, too,
 * when nothing at all was heard on it for the server's idle timeout, which Micronaut sees to in HTTP/1 alone.
 */
@Singleton
final class DeadlinesPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Root());
        return event.getBean();
    }

    private static final class Root implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
        }
    }

    private record Connection(Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel stream, ChannelRole role) {
            return new Connection(stream);
        }

        @Override
        public void onInitialPipelineBuilt() {
            if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION) != null) {
                channel.pipeline()
                        .addAfter(ChannelPipelineCustomizer.HANDLER_IDLE_STATE, "latchkey-idle", new EndOfTheIdle());
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            String codec = pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) == null
                    ? ChannelPipelineCustomizer.HANDLER_HTTP_DECODER
                    : ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            pipeline.addAfter(codec, "latchkey-deadlines", new Deadlines());
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_IDLE_STATE) != null) {
                // It looks at the clock for all that is read and written; Deadlines knows more, and costs an addition.
                pipeline.remove(ChannelPipelineCustomizer.HANDLER_IDLE_STATE);
            }
        }
    }

    private static final class EndOfTheIdle extends ChannelInboundHandlerAdapter {
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
