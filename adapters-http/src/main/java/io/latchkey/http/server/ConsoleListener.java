package io.latchkey.http.server;

import io.latchkey.http.wire.Paths;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The address of the console, if it has one of its own: then the console is served there and nowhere else, and nothing else
 * is served there.
 */
@Singleton
public final class ConsoleListener {
    private final InetSocketAddress address;
    private final boolean present;

    /** @param host empty if the console is served where everything else is */
    ConsoleListener(@Value("${latchkey.console.host:}") String host, @Value("${latchkey.console.port:0}") int port) {
        this.present = !host.isEmpty();
        this.address = present ? new InetSocketAddress(host, port) : new InetSocketAddress(0);
    }

    /** Whether the console has an address of its own. */
    public boolean isPresent() {
        return present;
    }

    /** The address as in a URL; empty if the console is served where everything else is, or at every address. */
    public Optional<String> authority() {
        return present && (address.getAddress() == null || !address.getAddress().isAnyLocalAddress())
                ? Optional.of(ListenPoint.authority(address.getHostString(), address.getPort()))
                : Optional.empty();
    }

    /** Whether a connection came in at the console's own address. */
    public boolean accepted(SocketAddress local) {
        return present
                && local instanceof InetSocketAddress at
                && at.getPort() == address.getPort()
                && (address.getAddress() == null
                        || address.getAddress().isAnyLocalAddress()
                        || address.getAddress().equals(at.getAddress()));
    }

    /** Whether a path is not served where a connection came in. The root of the console's own address leads to the console. */
    public boolean hides(String path, SocketAddress local) {
        boolean isHere = accepted(local);
        return present && Paths.isConsole(path) != isHere && !(isHere && path.equals(Paths.ROOT));
    }
}
