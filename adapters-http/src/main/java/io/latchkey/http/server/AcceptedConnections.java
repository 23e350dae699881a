package io.latchkey.http.server;

import io.latchkey.application.FatalErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Tells {@link OpenConnections} of each connection on the thread that accepts it, before any other thread serves it.
 * If none can be accepted, for example for lack of open files, tries again after a second.
 */
final class AcceptedConnections extends ChannelInboundHandlerAdapter {
    private final OpenConnections connections;

    AcceptedConnections(OpenConnections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(message); // gives the connection its event loop
        if (message instanceof Channel connection) {
            connections.opened(connection, context.channel());
        }
    }

    /** Not passed on: Netty would log a stack trace each time. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        FatalErrors.check(failure);
        if (failure instanceof IOException broken) {
            connections.notAccepted(broken);
            context.channel().config().setAutoRead(false);
            var _ = context.executor()
                    .schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
        } else {
            context.fireExceptionCaught(failure);
        }
    }
}
