package io.latchkey.http.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Where a listener listens. */
public sealed interface ListenPoint {
    /** A host and a port as in a URL: an IPv6 address in brackets (RFC 3986, 3.2.2). */
    static String authority(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** An address and a port; 0 for any that is free. */
    record Tcp(InetSocketAddress address) implements ListenPoint {
        @Override
        public String toString() {
            return authority(address.getHostString(), address.getPort());
        }
    }

    /**
     * A Unix-domain socket.
     *
     * @param group the group of users who may connect; empty for the group that the operating system gives the file
     */
    record Unix(Path file, Optional<String> group) implements ListenPoint {
        @Override
        public String toString() {
            return "unix:" + file;
        }
    }
}
