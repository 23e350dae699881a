package io.latchkey.http.recovery;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.http.server.SlowClientHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way back in for those who lost the operator token: one path, no credential, and one success, after which nobody is
 * heard any more, not even on a connection that was open (contract 1.9).
 *
 * <p>A server of its own, because it is closed with everything that is open at it, and the main one need not know. Who
 * is slow or silent is let go as there, and keeps nobody out meanwhile: whoever comes when it is full takes the place of
 * whoever came first.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever closes a connection has no more to do with it
final class RecoveryListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryListener.class);
    private static final int MOST_CONNECTIONS = 500;

    private final RecoveryEndpoint desk;
    private final Optional<Supplier<SSLEngine>> tls;
    /** One thread, which alone knows who is connected. */
    private final EventLoopGroup connections = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("latchkey-recovery"), NioIoHandler.newFactory());

    private final SequencedSet<Channel> open = new LinkedHashSet<>();
    /** One thread, too: whoever comes is served after whoever came before. */
    private final ExecutorService asking =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("latchkey-recovery-desk"));

    private final Channel server;

    /** Listens from now on; over TLS if there is something that makes its side of each connection. */
    RecoveryListener(RecoveryEndpoint desk, InetSocketAddress address, Optional<Supplier<SSLEngine>> tls) {
        this.desk = desk;
        this.tls = tls;
        ChannelFuture bound = new ServerBootstrap()
                .group(connections)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(pipeline())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close(bound.channel());
            throw new AuthorityUnavailable(
                    "cannot open the recovery listener on " + address.getHostString() + ":"
                            + address.getPort()
                            + ": another program listens there, or this machine has no such address",
                    bound.cause());
        }
        server = bound.channel();
        server.closeFuture().addListener(_ -> List.copyOf(open).forEach(Channel::close));
        LOG.warn("Admin token recovery endpoint enabled - WARNING: This allows unauthenticated admin token"
                + " regeneration!");
        LOG.atInfo()
                .addKeyValue("address", address())
                .log("starting admin token recovery endpoint " + (tls.isPresent() ? "with TLS on" : "on"));
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** What makes something of a connection. */
    ChannelInitializer<Channel> pipeline() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel connection) {
                makeRoom(connection);
                ChannelPipeline pipeline = connection.pipeline();
                tls.ifPresent(engines -> pipeline.addLast(new SslHandler(engines.get())));
                pipeline.addLast(
                        new HttpServerCodec(),
                        new SlowClientHandler(),
                        new HttpServerExpectContinueHandler(),
                        new RecoveryHandler(desk, asking, RecoveryListener.this::end));
            }
        };
    }

    private void makeRoom(Channel newcomer) {
        open.add(newcomer);
        newcomer.closeFuture().addListener(_ -> open.remove(newcomer));
        if (open.size() > MOST_CONNECTIONS) {
            open.removeFirst().close();
        }
    }

    private void end() {
        // Not from a thread that the end waits for.
        Thread.ofPlatform().name("latchkey-recovery-end").start(() -> {
            LOG.info("Admin token recovery endpoint shutting down after token regeneration");
            close();
            LOG.info("Admin token recovery service exited normally after token regeneration");
        });
    }

    /** Closes every connection, whatever is under way. */
    @Override
    public void close() {
        close(server);
    }

    private void close(Channel server) {
        server.close().awaitUninterruptibly();
        asking.shutdownNow();
        connections.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
