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
 * A separate listener where a lost operator token can be replaced once, without a credential (contract 1.9). After that
 * it closes all its connections.
 *
 * <p>It is a server of its own, so that it can be closed with all its connections, independent of the main one. It
 * closes slow connections as the main one does. At the limit of {@value #MOST_CONNECTIONS} connections, a new one
 * replaces the oldest.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close of a connection
final class RecoveryListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryListener.class);
    private static final int MOST_CONNECTIONS = 500;

    private final RecoveryEndpoint endpoint;
    private final Optional<Supplier<SSLEngine>> tls;
    /** One thread, which is the only one that uses {@code open}. */
    private final EventLoopGroup connections = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("latchkey-recovery"), NioIoHandler.newFactory());

    private final SequencedSet<Channel> open = new LinkedHashSet<>();
    /** One thread, so that requests are answered in order. */
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("latchkey-recovery-worker"));

    private final Channel server;

    /**
     * Starts to listen.
     *
     * @param tls makes the server's side of a TLS connection; empty for no TLS
     * @throws AuthorityUnavailable if the address cannot be bound
     */
    RecoveryListener(RecoveryEndpoint endpoint, InetSocketAddress address, Optional<Supplier<SSLEngine>> tls) {
        this.endpoint = endpoint;
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

    /** The bound address. */
    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Sets up a new connection. */
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
                        new RecoveryHandler(endpoint, worker, RecoveryListener.this::end));
            }
        };
    }

    private void makeRoom(Channel connection) {
        open.add(connection);
        connection.closeFuture().addListener(_ -> open.remove(connection));
        if (open.size() > MOST_CONNECTIONS) {
            open.removeFirst().close();
        }
    }

    private void end() {
        // On another thread, because close waits for this one.
        Thread.ofPlatform().name("latchkey-recovery-end").start(() -> {
            LOG.info("Admin token recovery endpoint shutting down after token regeneration");
            close();
            LOG.info("Admin token recovery service exited normally after token regeneration");
        });
    }

    /** Closes the listener and all connections, also those with a request in progress. */
    @Override
    public void close() {
        close(server);
    }

    private void close(Channel server) {
        server.close().awaitUninterruptibly();
        worker.shutdownNow();
        connections.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
