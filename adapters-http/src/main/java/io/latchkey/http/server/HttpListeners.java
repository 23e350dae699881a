package io.latchkey.http.server;

import io.latchkey.application.AuthorityUnavailable;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import jakarta.inject.Singleton;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * Opens listeners of HTTP/1 beside Micronaut's, on the same event loops and with the same protection against clients: what
 * such a listener does with a request is up to a few handlers.
 */
@Singleton
public final class HttpListeners {
    /** As in nginx; the operating system takes less if its own limit is lower. */
    private static final int BACKLOG = 511;

    private final IoEventLoopGroup loops;
    private final Transport transport;
    private final ConnectionGuards guards;
    private final OpenConnections connections;

    HttpListeners(EventLoopGroupRegistry registry, ConnectionGuards guards, OpenConnections connections) {
        this.loops = (IoEventLoopGroup) registry.getDefaultEventLoopGroup();
        this.transport = Transport.of(loops);
        this.guards = guards;
        this.connections = connections;
    }

    /**
     * Starts to listen.
     *
     * @param handlers what a new connection does with its requests, after codec and protection
     * @param tls makes the server's side of a TLS connection; empty for no TLS
     * @throws AuthorityUnavailable if that is not possible
     */
    public HttpListener open(
            ListenPoint at, Supplier<List<ChannelHandler>> handlers, Optional<Supplier<SSLEngine>> tls) {
        ChannelGroup open = new DefaultChannelGroup(loops.next(), true);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel listener) {
                        listener.pipeline().addLast(new AcceptedConnections(connections));
                    }
                })
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        open.add(connection);
                        setUp(connection, handlers.get(), tls);
                    }
                });
        return switch (at) {
            case ListenPoint.Tcp tcp -> {
                bootstrap.channelFactory(transport::tcp).option(ChannelOption.SO_REUSEADDR, true);
                yield new HttpListener(bind(bootstrap, tcp.address(), at), open);
            }
            case ListenPoint.Unix unix -> {
                bootstrap.channelFactory(transport::unix);
                SocketAddress address = transport.address(UnixSocketFile.preliminary(unix.file()));
                var listening = new HttpListener(bind(bootstrap, address, at), open);
                try {
                    UnixSocketFile file = UnixSocketFile.place(unix.file(), unix.group());
                    listening.whenClosed(file::remove);
                } catch (AuthorityUnavailable e) {
                    listening.close();
                    throw e;
                }
                yield listening;
            }
        };
    }

    private void setUp(Channel connection, List<ChannelHandler> handlers, Optional<Supplier<SSLEngine>> tls) {
        guards.limitReads(connection);
        if (connection instanceof SocketChannel socket) {
            socket.config().setTcpNoDelay(true);
        }
        ChannelPipeline pipeline = connection.pipeline();
        tls.ifPresent(engines -> pipeline.addLast(new SslHandler(engines.get())));
        pipeline.addLast(guards.turns(connection), guards.codec(), guards.strict(), new SlowClientHandler());
        handlers.forEach(pipeline::addLast);
        pipeline.addLast(guards.errors());
    }

    private static Channel bind(ServerBootstrap bootstrap, SocketAddress address, ListenPoint at) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        throw new AuthorityUnavailable(
                "cannot listen on " + at + ": "
                        + switch (at) {
                            case ListenPoint.Tcp _ ->
                                "another program listens there, or this machine has no such address";
                            case ListenPoint.Unix _ -> "the folder is not there, or this user cannot make files in it";
                        },
                bound.cause());
    }
}
