package io.latchkey.http.server;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** How event loops wait for their connections. A loop serves only channels of its own transport. */
enum Transport {
    EPOLL {
        @Override
        ServerChannel tcp() {
            return new EpollServerSocketChannel();
        }

        @Override
        ServerChannel unix() {
            return new EpollServerDomainSocketChannel();
        }

        @Override
        SocketAddress address(Path file) {
            return new DomainSocketAddress(file.toFile());
        }
    },
    NIO {
        @Override
        ServerChannel tcp() {
            return new NioServerSocketChannel();
        }

        @Override
        ServerChannel unix() {
            return new NioServerDomainSocketChannel();
        }

        @Override
        SocketAddress address(Path file) {
            return UnixDomainSocketAddress.of(file);
        }
    };

    /** The transport of event loops. */
    static Transport of(IoEventLoopGroup loops) {
        return loops.isIoType(EpollIoHandler.class) ? EPOLL : NIO;
    }

    /** A channel that listens on a port. */
    abstract ServerChannel tcp();

    /** A channel that listens on a Unix-domain socket. */
    abstract ServerChannel unix();

    /** The address of a Unix-domain socket, as channels of this transport take it. */
    abstract SocketAddress address(Path file);
}
