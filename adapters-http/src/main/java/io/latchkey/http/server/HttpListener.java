package io.latchkey.http.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A listener and its connections. */
public final class HttpListener implements AutoCloseable {
    private final Channel listener;
    private final ChannelGroup open;

    HttpListener(Channel listener, ChannelGroup open) {
        this.listener = listener;
        this.open = open;
    }

    /** Runs an action when it takes no more connections. */
    void whenClosed(Runnable action) {
        listener.closeFuture().addListener(_ -> action.run());
    }

    /** The port on which it listens; 0 for a Unix-domain socket. */
    public int port() {
        return listener.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    /**
     * Takes no new connections, and closes each that there is when the responses to its requests are written.
     *
     * @return completed when all connections are closed
     */
    public CompletionStage<?> stop() {
        var done = new CompletableFuture<Void>();
        listener.close().addListener(_ -> {
            for (Channel connection : open) {
                connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
            open.newCloseFuture().addListener(_ -> done.complete(null));
        });
        return done;
    }

    /** Closes the listener and all connections at once. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        open.close().awaitUninterruptibly();
    }
}
